HEADERS = [("Content-Type", "text/plain; charset=utf-8")]


def application(environ, start_response):
    start_response("200 OK", HEADERS)  # <- headers-shared-list
    return [b"Hello"]
