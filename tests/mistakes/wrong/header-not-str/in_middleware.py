import time


class Timed:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        begun = time.time()

        def start(status, headers, exc_info=None):
            headers = headers + [("X-Seconds", time.time() - begun)]  # <- header-not-str
            return start_response(status, headers, exc_info)

        return self.app(environ, start)


def hello(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"Hello"]


application = Timed(hello)
