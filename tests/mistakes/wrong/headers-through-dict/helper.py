def send(start_response, headers, body):
    start_response("200 OK", list(dict(headers).items()))  # <- headers-through-dict
    return [body]


def app(environ, start_response):
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Set-Cookie", "a=1; Path=/"),
        ("Set-Cookie", "b=2; Path=/"),
    ]
    return send(start_response, headers, b"Hello")
