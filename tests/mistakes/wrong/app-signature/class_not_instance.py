class Greeter:
    def __init__(self, greeting="Hello"):  # <- app-signature
        self.body = greeting.encode("utf-8")

    def __call__(self, environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
        return [self.body]


application = Greeter
