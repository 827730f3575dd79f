import time


def lines(start_response):
    yield b""  # <- start-response-late
    now = time.strftime("%H:%M:%S")
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    yield now.encode("ascii")


def application(environ, start_response):
    return lines(start_response)
