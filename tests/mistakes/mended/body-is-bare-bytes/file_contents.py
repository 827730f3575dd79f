def app(environ, start_response):
    with open(__file__, "rb") as source:
        data = source.readline()
    start_response("200 OK", [("Content-Type", "text/x-python; charset=utf-8")])
    return [data]
