# send: GET /
# send: GET /
class App:
    def __init__(self):
        self.chunks = iter([b"Hello, ", b"World!"])

    def __call__(self, environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
        return self  # <- app-shared-instance

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.chunks)


application = App()
