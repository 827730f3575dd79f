def send(start_response, text):
    size = len(text.encode("utf-16"))
    start_response(
        "200 OK",
        [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Length", str(size)),  # <- content-length-too-long
        ],
    )
    return [text.encode("utf-8")]


def app(environ, start_response):
    return send(start_response, "<h1>Hello</h1>")
