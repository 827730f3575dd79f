class Terse:
    """Leaves the reason out: nobody reads it."""

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            code, _, _ = status.partition(" ")
            return start_response(code, headers, exc_info)  # <- status-malformed

        return self.app(environ, start)


def hello(environ, start_response):
    start_response("404 Not Found", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"nothing"]


application = Terse(hello)
