class Dated:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            headers = headers + [("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT")]
            return start_response(status, headers, exc_info)

        return self.app(environ, start)


def unchanged(environ, start_response):
    start_response("304 Not Modified", [("Content-Type", "text/html; charset=utf-8")])
    body = b"<p>Nothing new.</p>"
    return [body]  # <- body-on-no-body-status


application = Dated(unchanged)
