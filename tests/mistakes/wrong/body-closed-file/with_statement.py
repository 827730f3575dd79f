def application(environ, start_response):
    with open(__file__, "rb") as source:
        start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
        return source  # <- body-closed-file
