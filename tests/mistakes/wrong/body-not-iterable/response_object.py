class Response:
    def __init__(self, text, status="200 OK"):
        self.body = text.encode("utf-8")
        self.status = status

    def send(self, start_response):
        start_response(self.status, [("Content-Type", "text/plain; charset=utf-8")])
        return self  # <- body-not-iterable


def app(environ, start_response):
    return Response("Hello").send(start_response)
