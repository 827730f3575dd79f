def application(environ, start_response):
    headers = [("Content-Type", "text/plain; charset=utf-8")]
    start_response(status="200 OK", headers=headers)  # <- start-response-keywords
    return [b"Hello"]
