def banner(app):
    def wrapped(environ, start_response):
        yield b"<!-- made by hand -->\n"  # <- start-response-late
        body = app(environ, start_response)
        try:
            for block in body:
                yield block
        finally:
            if hasattr(body, "close"):
                body.close()

    return wrapped


@banner
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [b"<p>Hello</p>"]
