class Site:
    pages = {"/home": b"home"}

    def __call__(self, environ, start_response):
        headers = [("Content-Type", "text/plain; charset=utf-8")]
        body = self.pages.get(environ["PATH_INFO"])
        if body is None:
            headers.append(("status", "404"))  # <- header-status
            body = b"not found"
        start_response("200 OK", headers)
        yield body


app = Site()
