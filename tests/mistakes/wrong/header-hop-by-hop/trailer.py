def begin(start_response, kind):
    return start_response(
        "200 OK",
        [
            ("Content-Type", kind),
            ("Trailer", "X-Checksum"),  # <- header-hop-by-hop
        ],
    )


def application(environ, start_response):
    write = begin(start_response, "text/plain; charset=utf-8")
    write(b"Hello")
    return []
