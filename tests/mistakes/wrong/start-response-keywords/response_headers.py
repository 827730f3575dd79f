class Hello:
    def __call__(self, environ, start_response):
        headers = [("Content-Type", "text/plain; charset=utf-8")]
        start_response("200 OK", response_headers=headers)  # <- start-response-keywords
        yield b"Hello"


app = Hello()
