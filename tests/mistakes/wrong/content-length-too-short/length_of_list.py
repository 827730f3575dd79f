def application(environ, start_response):
    body = [b"Hello, ", b"World!"]
    start_response("200 OK", [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),  # <- content-length-too-short
    ])
    return body
