def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    try:
        block = b"number %d\n" % int("seven")
    except ValueError:
        start_response("400 Bad Request", [("Content-Type", "text/plain")])  # <- start-response-no-exc-info
        block = b"no number\n"
    yield block
