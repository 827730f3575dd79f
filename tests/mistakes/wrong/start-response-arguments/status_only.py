def application(environ, start_response):
    start_response("200 OK")  # <- start-response-arguments
    return [b"Hello"]
