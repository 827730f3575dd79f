"""Says when each of its blocks left it."""

import time

PAUSE = 0.004


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    for _ in range(int(environ["QUERY_STRING"] or 1)):
        time.sleep(PAUSE)
        yield b"%d\n" % time.monotonic_ns()
