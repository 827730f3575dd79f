def upgradable(app):
    def wrapped(environ, start_response):
        def start(status, headers, exc_info=None):
            more = [("Upgrade", "h2c")]  # <- header-hop-by-hop
            return start_response(status, headers + more, exc_info)

        return app(environ, start)

    return wrapped


def hello(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"Hello"]


app = upgradable(hello)
