def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    yield b"first page\n"
    start_response("200 OK", [("Content-Type", "text/html")])  # <- start-response-twice
    yield b"<h1>second page</h1>\n"
