def no_cache(app):
    def wrapped(environ, start_response):
        def start(status, headers, exc_info=None):
            return start_response(status, headers + [("Cache-Control", "no-store")], exc_info)

        return app(environ, start)

    return wrapped


@no_cache
def application(environ, start_response):
    parts = [b"one", b"two", b"three"]
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b", ".join(parts)]
