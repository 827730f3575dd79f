class Counted:
    """Tells the log how many blocks went by."""

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        body = self.app(environ, start_response)
        count = 0
        try:
            for block in body:
                count += 1
                yield block
        finally:
            environ["wsgi.errors"].write("%d blocks\n" % count)
            if hasattr(body, "close"):
                body.close()


def quiet(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    yield b"psst"


app = Counted(quiet)
