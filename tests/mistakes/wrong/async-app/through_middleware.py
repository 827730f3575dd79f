class NoSniff:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            headers = headers + [("X-Content-Type-Options", "nosniff")]
            return start_response(status, headers, exc_info)

        return self.app(environ, start)


async def pages(environ, start_response):  # <- async-app
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"page"]


app = NoSniff(pages)
