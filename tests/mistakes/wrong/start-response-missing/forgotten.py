def application(environ, start_response):
    name = environ["QUERY_STRING"] or "World"
    status = "200 OK"
    headers = [("Content-Type", "text/plain; charset=utf-8")]
    return [b"Hello, " + name.encode("latin-1")]  # <- start-response-missing
