from functools import partial


def app(environ, start_response):
    text = partial(start_response, headers=[("Content-Type", "text/plain; charset=utf-8")])
    if environ["PATH_INFO"] != "/":
        text("404 Not Found")
        return [b"not found"]
    text("200 OK")  # <- start-response-keywords
    return [b"found"]
