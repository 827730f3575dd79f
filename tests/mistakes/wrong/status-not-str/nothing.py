PAGES = {"/home": ("200 OK", b"home")}


class Site:
    def __call__(self, environ, start_response):
        status, body = PAGES.get(environ["PATH_INFO"], (None, b"not found"))
        headers = [("Content-Type", "text/plain; charset=utf-8")]
        write = start_response(status, headers)  # <- status-not-str
        write(body)
        return []


application = Site()
