PLAIN = [
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Cache-Control", "no-store"),
]


def hello(environ, start_response):
    headers = PLAIN
    start_response("200 OK", headers)  # <- headers-shared-list
    return [b"Hello"]


class Logged:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            environ["wsgi.errors"].write(status + "\n")
            return start_response(status, headers, exc_info)

        return self.app(environ, start)


app = Logged(hello)
