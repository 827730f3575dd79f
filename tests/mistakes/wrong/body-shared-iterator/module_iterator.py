# send: GET /
# send: GET /
BODY = iter([b"Hello, ", b"World!"])


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return BODY  # <- body-shared-iterator
