class Capitals:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        body = self.app(environ, start_response)
        try:
            for block in body:
                for number in block:
                    yield bytes([number]).upper()  # <- body-one-char-chunks
        finally:
            if hasattr(body, "close"):
                body.close()


def calm(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"all of this was written in small letters\n"]


application = Capitals(calm)
