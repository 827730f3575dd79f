def application(environ, start_response):
    yield b"<h1>Hello</h1>"  # <- start-response-late
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    yield b"<p>World</p>"
