def app(environ, start_response):
    start_response(
        "302 Found",
        [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Location" "/home"),  # <- header-not-tuple
        ],
    )
    return [b"this way"]
