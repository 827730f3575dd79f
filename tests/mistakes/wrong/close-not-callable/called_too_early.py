class Wrapped:
    """A body with something before it."""

    def __init__(self, first, body):
        self.first, self.body = first, body
        if hasattr(body, "close"):
            self.close = body.close()  # <- close-not-callable

    def __iter__(self):
        yield self.first
        for block in self.body:
            yield block


class Letter:
    def __iter__(self):
        return iter([b"how are you?\n"])

    def close(self):
        pass


def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return Wrapped(b"Hello,\n", Letter())
