class App:
    status = b"404 Not Found"

    def __call__(self, environ, start_response):
        headers = [("Content-Type", "text/plain; charset=utf-8")]
        start_response(self.status, headers)  # <- status-not-str
        yield b"not found"


app = App()
