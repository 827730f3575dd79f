class Signed:
    def __init__(self, app, name):
        self.app, self.name = app, name.encode("utf-8")

    def __call__(self, environ, start_response):
        writers = []

        def start(status, headers, exc_info=None):
            writers.append(start_response(status, headers, exc_info))
            return writers[-1]

        body = self.app(environ, start)
        try:
            for block in body:
                yield block
            writers[-1](b"-- " + self.name)  # <- write-in-iterable
        finally:
            if hasattr(body, "close"):
                body.close()


def letter(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"Dear Bob\n"]


app = Signed(letter, "Ada")
