def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])  # <- content-type-no-charset
    return ["Grüße aus Zürich".encode("utf-8")]
