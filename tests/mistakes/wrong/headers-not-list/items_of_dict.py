def send(start_response, text, **more):
    headers = {"Content-Type": "text/plain; charset=utf-8"}
    headers.update(more)
    start_response("200 OK", headers.items())  # <- headers-not-list
    return [text.encode("utf-8")]


def application(environ, start_response):
    return send(start_response, "Hello", Vary="Accept")
