class Extra:
    def __init__(self, app, **more):
        self.app = app
        self.more = [(name.title(), value) for name, value in more.items()]

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            return start_response(status, headers + self.more, exc_info)  # <- header-name-malformed

        return self.app(environ, start)


def hello(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"Hello"]


application = Extra(hello, referrer_policy="no-referrer")
