class Version:
    def __init__(self, app, version):
        self.app, self.version = app, version

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            headers = dict(headers)  # <- headers-through-dict
            headers["X-Version"] = self.version
            return start_response(status, list(headers.items()), exc_info)

        return self.app(environ, start)


def login(environ, start_response):
    start_response("200 OK", [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Set-Cookie", "name=Ada"),
        ("Set-Cookie", "theme=dark"),
    ])
    return [b"Welcome"]


application = Version(login, "2")
