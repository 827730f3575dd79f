# send: GET /
# send: GET /
class Goodbye:
    """Says goodbye to the one before, as soon as the next one comes."""

    def __init__(self, app):
        self.app, self.writers = app, {}

    def __call__(self, environ, start_response):
        for write in self.writers.values():
            write(b"Goodbye\n")  # <- write-after-end

        def start(status, headers, exc_info=None):
            write = start_response(status, headers, exc_info)
            self.writers[environ["REMOTE_ADDR"]] = write
            return write

        return self.app(environ, start)


def hello(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"Hello\n"]


app = Goodbye(hello)
