# send: GET /
# header: If-None-Match: "7"
class Conditional:
    """Turns 200 into 304 for those who know the page, and leaves the page there."""

    def __init__(self, app, tag):
        self.app, self.tag = app, tag

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            if environ.get("HTTP_IF_NONE_MATCH") == self.tag:
                status = "304 Not Modified"
            return start_response(status, headers + [("ETag", self.tag)], exc_info)

        return self.app(environ, start)  # <- body-on-no-body-status


def hello(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"Hello"]


app = Conditional(hello, '"7"')
