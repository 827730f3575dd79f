def once(app):
    """Each header only once."""

    def wrapped(environ, start_response):
        def start(status, headers, exc_info=None):
            return start_response(status, list(dict(headers).items()), exc_info)  # <- headers-through-dict

        return app(environ, start)

    return wrapped


@once
def app(environ, start_response):
    headers = [("Content-Type", "text/plain; charset=utf-8")]
    for name in "abc":
        headers.append(("Set-Cookie", name + "=1"))
    start_response("200 OK", headers)
    yield b"Hello"
