def application(environ, start_response):
    start_response(200, [("Content-Type", "text/plain; charset=utf-8")])  # <- status-not-str
    return [b"Hello"]
