# send: GET /
# send: GET /
from itertools import chain

HEAD, TAIL = [b"<h1>", b"Hello"], [b"</h1>"]
PAGE = chain(HEAD, TAIL)


def page(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return PAGE  # <- body-shared-iterator


class Frame:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            return start_response(status, headers + [("X-Frame-Options", "DENY")], exc_info)

        return self.app(environ, start)


application = Frame(page)
