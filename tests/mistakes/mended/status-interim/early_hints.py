# send: GET /
def application(environ, start_response):
    kind = ("Content-Type", "text/html; charset=utf-8")
    hint = ("Link", "</style.css>; rel=preload; as=style")
    start_response("200 OK", [kind, hint])
    return [b'<link rel="stylesheet" href="/style.css">']
