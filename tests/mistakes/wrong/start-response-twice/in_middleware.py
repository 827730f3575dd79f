class Renamed:
    """Gives every page a status of its own."""

    def __init__(self, app, status):
        self.app, self.status = app, status

    def __call__(self, environ, start_response):
        body = self.app(environ, start_response)
        headers = [("Content-Type", "text/plain; charset=utf-8")]
        start_response(self.status, headers)  # <- start-response-twice
        return body


def hello(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"Hello"]


application = Renamed(hello, "202 Accepted")
