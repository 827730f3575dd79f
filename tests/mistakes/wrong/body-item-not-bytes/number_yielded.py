def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    total = 0
    yield b"The sum is "
    for number in range(10):
        total += number
    yield total  # <- body-item-not-bytes
