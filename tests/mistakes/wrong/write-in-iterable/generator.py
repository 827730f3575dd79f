def application(environ, start_response):
    write = start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    yield b"first\n"
    write(b"second\n")  # <- write-in-iterable
    yield b"third\n"
