def application(environ, start_response):
    headers = [("Content-Type", "text/plain; charset=utf-8")]
    start_response("200 OK", headers)
    if environ["PATH_INFO"] != "/hello":
        start_response("404 Not Found", headers)  # <- start-response-twice
        return [b"not found"]
    return [b"Hello"]
