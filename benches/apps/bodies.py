"""Large bodies in both directions, in blocks, so that the app itself never holds one."""

BLOCK = b"a line of text, and nothing else in it\n" * 1680


def application(environ, start_response):
    # Not until nothing comes: wsgiref gives no end of its own to a body.
    left = int(environ.get("CONTENT_LENGTH") or 0)
    while left and (block := environ["wsgi.input"].read(min(left, 65536))):
        left -= len(block)
    size = int(environ["QUERY_STRING"] or 12)
    headers = [("Content-Type", "text/plain"), ("Content-Length", str(size))]
    start_response("200 OK", headers)
    return blocks(size)


def blocks(size):
    while size > 0:
        yield BLOCK[:size]
        size -= len(BLOCK)
