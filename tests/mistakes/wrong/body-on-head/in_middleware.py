# send: HEAD /
class HeadAsGet:
    """The app need only know GET."""

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        if environ["REQUEST_METHOD"] == "HEAD":
            environ["REQUEST_METHOD"] = "GET"
        return self.app(environ, start_response)  # <- body-on-head


def hello(environ, start_response):
    if environ["REQUEST_METHOD"] != "GET":
        start_response("405 Method Not Allowed", [("Content-Type", "text/plain"), ("Allow", "GET")])
        return [b"GET only"]
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"Hello"]


app = HeadAsGet(hello)
