def application(environ, start_response):
    headers = [("Content-Type", "text/plain; charset=utf-8")]
    return start_response("200 OK", headers)  # <- body-not-iterable
