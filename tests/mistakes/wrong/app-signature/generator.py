def application(start_response):  # <- app-signature
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    yield b"one\n"
    yield b"two\n"
