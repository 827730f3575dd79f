def not_found(start_response, path):
    write = start_response("404 Not Found", [("X-Path", path)])  # <- content-type-missing
    write(b"not found")
    return []


def app(environ, start_response):
    if environ["PATH_INFO"] == "/hello":
        start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
        return [b"Hello"]
    return not_found(start_response, environ["PATH_INFO"])
