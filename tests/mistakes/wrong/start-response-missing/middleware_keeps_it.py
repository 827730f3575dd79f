class Slow:
    """Wants to look at the status first, and then forgets to pass it on."""

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        seen, written = [], []

        def start(status, headers, exc_info=None):
            seen[:] = [status, headers]
            return written.append

        body = self.app(environ, start)
        return body  # <- start-response-missing


def hello(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"Hello"]


application = Slow(hello)
