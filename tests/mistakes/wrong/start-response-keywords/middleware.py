class Hsts:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            headers = headers + [("Strict-Transport-Security", "max-age=60")]
            begin = start_response
            return begin(status, headers=headers, exc_info=exc_info)  # <- start-response-keywords

        return self.app(environ, start)


def hello(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"Hello"]


application = Hsts(hello)
