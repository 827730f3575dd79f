def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    yield b"Numbers: "
    line = b""
    for number in range(3):
        line += str(number)  # <- bytes-plus-str
        yield line
