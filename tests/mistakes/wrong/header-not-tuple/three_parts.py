def cookie(app):
    def wrapped(environ, start_response):
        def start(status, headers, exc_info=None):
            return start_response(
                status,
                headers + [("Set-Cookie", "seen=1", "HttpOnly")],  # <- header-not-tuple
                exc_info,
            )

        return app(environ, start)

    return wrapped


@cookie
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"Hello"]
