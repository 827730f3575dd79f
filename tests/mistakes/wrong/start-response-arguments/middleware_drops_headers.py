class Teapot:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            environ["wsgi.errors"].write("instead of " + status + "\n")
            return start_response("418 I'm a Teapot")  # <- start-response-arguments

        return self.app(environ, start)


def coffee(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"coffee"]


application = Teapot(coffee)
