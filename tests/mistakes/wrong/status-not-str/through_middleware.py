class Served:
    """Passes the status on as it is."""

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            return start_response(status, headers + [("X-Served-By", "two")], exc_info)

        return self.app(environ, start)


def hello(environ, start_response):
    code = 201 if environ["REQUEST_METHOD"] == "POST" else 200
    start_response(code, [("Content-Type", "text/plain; charset=utf-8")])  # <- status-not-str
    return [b"Hello"]


app = Served(hello)
