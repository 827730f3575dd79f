class Footed:
    """A body with one more block at its end."""

    def __init__(self, body, footer):
        self.body, self.footer = body, footer

    def __iter__(self):
        yield from self.body
        yield self.footer

    def __len__(self):  # <- body-len-lies
        return len(self.body)

    def close(self):
        if hasattr(self.body, "close"):
            self.body.close()


def hello(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"Hello\n"]


def application(environ, start_response):
    return Footed(hello(environ, start_response), b"-- \nAda\n")
