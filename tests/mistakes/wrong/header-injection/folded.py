POLICY = """default-src 'self';
    img-src *"""


def application(environ, start_response):
    start_response("200 OK", [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Security-Policy", POLICY),  # <- header-injection
    ])
    return [b"<h1>Hello</h1>"]
