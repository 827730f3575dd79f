class App:
    def __call__(self, environ, start_response):
        start_response("200 OK", [(b"Content-Type", "text/plain; charset=utf-8")])  # <- header-not-str
        yield b"Hello"


app = App()
