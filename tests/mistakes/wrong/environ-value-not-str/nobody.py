def login(app):
    users = {"key=1": "ada"}

    def wrapped(environ, start_response):
        environ["REMOTE_USER"] = users.get(environ.get("HTTP_COOKIE"))  # <- environ-value-not-str
        return app(environ, start_response)

    return wrapped


@login
def application(environ, start_response):
    name = environ["REMOTE_USER"] or "stranger"
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [name.encode("utf-8")]
