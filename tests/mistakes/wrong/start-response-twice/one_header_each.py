def app(environ, start_response):
    for header in [("Content-Type", "text/plain; charset=utf-8"), ("X-Robots-Tag", "noindex")]:
        start_response("200 OK", [header])  # <- start-response-twice
    return [b"Hello"]
