class Stamp:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        environ["stamp.number"] = 7
        self.app(environ, start_response)  # <- body-is-none


def hello(environ, start_response):
    body = b"Number %d" % environ["stamp.number"]
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [body]


application = Stamp(hello)
