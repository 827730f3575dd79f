import mimetypes


def send(start_response, name, text):
    kind, _ = mimetypes.guess_type(name)
    body = text.encode("utf-8")
    headers = [("Content-Type", kind), ("Content-Length", str(len(body)))]  # <- content-type-no-charset
    start_response("200 OK", headers)
    return [body]


def app(environ, start_response):
    return send(start_response, "price.txt", "3 €\n")
