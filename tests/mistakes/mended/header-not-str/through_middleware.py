class NoSniff:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            more = ("X-Content-Type-Options", "nosniff")
            return start_response(status, headers + [more], exc_info)

        return self.app(environ, start)


def retry(environ, start_response):
    start_response("503 Service Unavailable", [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Retry-After", "120"),
    ])
    return [b"later"]


app = NoSniff(retry)
