NAMES = "Content-Type", "Content-Language"


def app(environ, start_response):
    values = "text/plain; charset=utf-8", "en"
    start_response("200 OK", zip(NAMES, values))  # <- headers-not-list
    return [b"Hello"]
