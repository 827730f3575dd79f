def start_response(status, headers, exc_info=None):
    return None


def hello(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"Hello"]


application = hello({}, start_response)  # <- app-not-callable
