def application(environ, start_response):
    text = "Grüße!"
    start_response("200 OK", [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(text))),  # <- content-length-characters
    ])
    return [text.encode("utf-8")]
