# send: GET /
# send: GET /
from functools import lru_cache


@lru_cache(maxsize=None)
def table(size):
    for row in range(size):
        yield b"row %d\n" % row


def app(environ, start_response):
    blocks = table(4)
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return blocks  # <- body-shared-iterator
