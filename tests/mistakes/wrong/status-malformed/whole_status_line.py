def begin(start_response, code, reason):
    start_response(
        f"HTTP/1.1 {code} {reason}",  # <- status-malformed
        [("Content-Type", "text/html; charset=utf-8")],
    )


def app(environ, start_response):
    begin(start_response, 200, "OK")
    return [b"<h1>Hello</h1>"]
