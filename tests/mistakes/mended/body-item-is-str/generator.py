def countdown(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    yield b"Ready?\n"
    for number in range(3, 0, -1):
        yield b"%d\n" % number
    yield b"Go!\n"


application = countdown
