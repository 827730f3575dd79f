def application(environ, start_response):
    start_response("200 OK", [
        ("Status", "404 Not Found"),  # <- header-status
        ("Content-Type", "text/plain; charset=utf-8"),
    ])
    return [b"not found"]
