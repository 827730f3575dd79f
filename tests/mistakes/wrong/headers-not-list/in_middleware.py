class Secure:
    EXTRA = (("X-Frame-Options", "DENY"),)

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            together = tuple(headers) + self.EXTRA
            return start_response(status, together, exc_info)  # <- headers-not-list

        return self.app(environ, start)


def hello(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"Hello"]


application = Secure(hello)
