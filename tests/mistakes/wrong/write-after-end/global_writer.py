# send: GET /
# send: GET /again
last_write = None


def application(environ, start_response):
    global last_write
    if last_write is not None:
        last_write(b"and this, too\n")  # <- write-after-end
    last_write = start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    last_write(b"Hello\n")
    return []
