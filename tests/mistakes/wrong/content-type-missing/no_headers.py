def application(environ, start_response):
    start_response("200 OK", [])  # <- content-type-missing
    return [b"<h1>Hello</h1>"]
