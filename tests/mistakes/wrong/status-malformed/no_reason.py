def application(environ, start_response):
    start_response("200", [("Content-Type", "text/plain; charset=utf-8")])  # <- status-malformed
    return [b"Hello"]
