from wsgiref.headers import Headers


def app(environ, start_response):
    headers = Headers([])
    headers.add_header("Content-Type", "text/plain", charset="utf-8")
    start_response("200 OK", headers)  # <- headers-not-list
    return [b"Hello"]
