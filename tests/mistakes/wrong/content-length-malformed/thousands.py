def app(environ, start_response):
    body = b"x" * 1500
    headers = {
        "Content-Type": "application/octet-stream",
        "Content-Length": f"{len(body):,}",
    }
    start_response("200 OK", list(headers.items()))  # <- content-length-malformed
    return [body]
