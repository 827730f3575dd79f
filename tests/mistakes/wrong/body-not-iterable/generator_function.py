def application(environ, start_response):
    def lines():
        yield b"one\n"
        yield b"two\n"

    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return lines  # <- body-not-iterable
