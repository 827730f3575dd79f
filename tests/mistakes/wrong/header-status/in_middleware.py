class Visible:
    """Repeats the status where scripts can read it."""

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            return start_response(status, headers + [("STATUS", status)], exc_info)  # <- header-status

        return self.app(environ, start)


def hello(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"Hello"]


app = Visible(hello)
