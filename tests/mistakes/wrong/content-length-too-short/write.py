def app(environ, start_response):
    headers = [("Content-Type", "text/plain; charset=utf-8")]
    headers.append(("Content-Length", "5"))  # <- content-length-too-short
    write = start_response("200 OK", headers)
    write(b"Hello")
    return [b", World!"]
