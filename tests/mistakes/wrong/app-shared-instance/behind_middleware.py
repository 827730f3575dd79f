# send: GET /
# send: GET /
class Letters:
    def __init__(self, text):
        self.words = iter(text.split())

    def __call__(self, environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
        return self  # <- app-shared-instance

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.words).encode("utf-8") + b" "


class Logged:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        environ["wsgi.errors"].write(environ["REQUEST_METHOD"] + "\n")
        return self.app(environ, start_response)


application = Logged(Letters("one word after the other"))
