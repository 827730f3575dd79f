def maintenance(app, on):
    def wrapped(environ, start_response):
        if on:
            start_response("503 Service Unavailable", [("Content-Type", "text/plain")])
            return on  # <- body-not-iterable
        return app(environ, start_response)

    return wrapped


def shop(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"Shop"]


application = maintenance(shop, True)
