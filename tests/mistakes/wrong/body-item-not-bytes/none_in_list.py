def footer():
    "<hr>".encode("utf-8")


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [
        b"<h1>Hello</h1>",
        footer(),  # <- body-item-not-bytes
    ]
