def application(environ, start_response):
    headers = [("Content-Type", "text/plain; charset=utf-8")]
    for item in "Vary=Accept;=1".split(";"):
        headers.append(tuple(item.split("=")))
    start_response("200 OK", headers)  # <- header-name-malformed
    return [b"Hello"]
