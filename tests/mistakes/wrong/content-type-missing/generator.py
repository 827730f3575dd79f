def application(environ, start_response):
    start_response(  # <- content-type-missing
        "200 OK",
        [
            ("Cache-Control", "no-store"),
            ("Set-Cookie", "seen=1"),
        ],
    )
    yield b"one\n"
    yield b"two\n"
