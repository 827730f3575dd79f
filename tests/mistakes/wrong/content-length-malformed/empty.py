class Echo:
    def __call__(self, environ, start_response):
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        length = environ.get("CONTENT_LENGTH", "")
        kind = ("Content-Type", "text/plain; charset=utf-8")
        start_response("200 OK", [kind, ("Content-Length", length)])  # <- content-length-malformed
        return [body]


app = Echo()
