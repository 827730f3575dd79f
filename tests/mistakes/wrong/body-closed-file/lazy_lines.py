def upper(environ, start_response):
    with open(__file__, "rb") as source:
        start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
        return (line.upper() for line in source)  # <- body-closed-file


application = upper
