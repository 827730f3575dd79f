class Stream:
    def __init__(self, body):
        self.body = body
        self.close = getattr(body, "close", None)  # <- close-not-callable

    def __iter__(self):
        for block in self.body:
            yield block.replace(b"\n", b"\r\n")


class LineEnds:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        return Stream(self.app(environ, start_response))


def lines(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"one\n", b"two\n"]


app = LineEnds(lines)
