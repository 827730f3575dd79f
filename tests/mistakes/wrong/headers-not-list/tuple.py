class App:
    headers = (("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store"))

    def __call__(self, environ, start_response):
        start_response("200 OK", self.headers)  # <- headers-not-list
        yield b"Hello"


app = App()
