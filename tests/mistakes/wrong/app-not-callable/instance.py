class App:
    def __init__(self):
        self.body = b"Hello"

    def respond(self, environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
        return [self.body]


application = App()  # <- app-not-callable
