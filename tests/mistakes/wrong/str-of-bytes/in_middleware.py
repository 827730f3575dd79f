import html


class Framed:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        body = self.app(environ, start_response)
        try:
            for block in body:
                yield ("<pre>" + html.escape(str(block)) + "</pre>").encode()  # <- str-of-bytes
        finally:
            if hasattr(body, "close"):
                body.close()


def poem(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [b"Roses are red\n"]


application = Framed(poem)
