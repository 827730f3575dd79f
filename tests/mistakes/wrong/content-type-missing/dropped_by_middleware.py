class Fewer:
    """Lets only a few headers through."""

    KEPT = frozenset(("cache-control", "etag", "location"))

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            kept = [item for item in headers if item[0].lower() in self.KEPT]
            return start_response(status, kept, exc_info)  # <- content-type-missing

        return self.app(environ, start)


def hello(environ, start_response):
    headers = [("Content-Type", "text/plain; charset=utf-8"), ("ETag", '"1"')]
    start_response("200 OK", headers)
    return [b"Hello"]


application = Fewer(hello)
