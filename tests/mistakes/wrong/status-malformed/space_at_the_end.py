REASONS = {200: "OK", 201: "Created"}


class App:
    def __call__(self, environ, start_response):
        status = "%d %s " % (200, REASONS[200])
        headers = [("Content-Type", "text/plain; charset=utf-8")]
        start_response(status, headers)  # <- status-malformed
        yield b"Hello"


app = App()
