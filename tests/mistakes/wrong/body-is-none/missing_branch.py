def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    if environ["QUERY_STRING"] == "hello":  # <- body-is-none
        return [b"Hello to you too!"]
