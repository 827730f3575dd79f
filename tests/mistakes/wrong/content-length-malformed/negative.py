UNKNOWN = -1


def stream(start_response, blocks, length=UNKNOWN):
    start_response(
        "200 OK",
        [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(length)),  # <- content-length-malformed
        ],
    )
    for block in blocks:
        yield block


def application(environ, start_response):
    return stream(start_response, (b"%d\n" % number for number in range(3)))
