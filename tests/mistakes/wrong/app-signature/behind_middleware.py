class Logged:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        environ["wsgi.errors"].write(environ["PATH_INFO"] + "\n")
        return self.app(environ, start_response)


def hello(environ):  # <- app-signature
    return [b"Hello"]


application = Logged(hello)
