class Signed:
    """Puts a line under every page."""

    def __init__(self, app, name):
        self.app, self.name = app, name

    def __call__(self, environ, start_response):
        body = self.app(environ, start_response)
        try:
            for block in body:
                yield block + self.name  # <- bytes-plus-str
        finally:
            if hasattr(body, "close"):
                body.close()


def letter(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"Dear Bob, yours, "]


application = Signed(letter, "Ada")
