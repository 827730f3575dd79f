import sys


class Logged:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        environ["wsgi.errors"].write(environ["PATH_INFO"] + "\n")
        return self.app(environ, start_response)


def hello(environ, start_response):
    body = b"Hello, World!"
    start_response("200 OK", [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(sys.getsizeof(body))),  # <- content-length-too-long
    ])
    return [body]


application = Logged(hello)
