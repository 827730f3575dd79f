class Tagged:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            return start_response(status, headers + [("ETag", '"1"')], exc_info)

        return self.app(environ, start)


def half(environ, start_response):
    body = b"0123456789"
    size = len(body) / 2
    start_response("200 OK", [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(size)),  # <- content-length-malformed
    ])
    return [body[:5]]


application = Tagged(half)
