from collections import Counter


class Logged:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        environ["wsgi.errors"].write(environ["REQUEST_METHOD"] + "\n")
        return self.app(environ, start_response)


def letters(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    counted = Counter("mississippi")
    return counted  # <- body-is-dict


app = Logged(letters)
