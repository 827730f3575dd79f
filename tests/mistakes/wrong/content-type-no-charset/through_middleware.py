class Cached:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            return start_response(status, headers + [("Cache-Control", "max-age=60")], exc_info)

        return self.app(environ, start)


def hello(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/html")])  # <- content-type-no-charset
    return ["<p>Здравствуйте</p>".encode("utf-8")]


application = Cached(hello)
