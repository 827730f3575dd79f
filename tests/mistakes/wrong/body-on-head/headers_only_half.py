# send: HEAD /
def application(environ, start_response):
    body = b"Hello, World!"
    headers = [("Content-Type", "text/plain; charset=utf-8")]
    if environ["REQUEST_METHOD"] == "HEAD":
        headers.append(("Content-Length", str(len(body))))
    start_response("200 OK", headers)
    return [body]  # <- body-on-head
