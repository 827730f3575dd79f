import io


class Cached:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            return start_response(status, headers + [("Cache-Control", "max-age=60")], exc_info)

        return self.app(environ, start)


def source(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return io.open(  # <- body-text-file
        __file__,
        encoding="utf-8",
    )


application = Cached(source)
