# send: GET /about
def application(environ, start_response):
    if environ["PATH_INFO"] == "/":
        start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
        return [b"home"]
    body = b"about us"
    return [body]  # <- start-response-missing
