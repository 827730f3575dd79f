class Page:
    footer = b"<footer>made by hand</footer>"

    def __init__(self, html):
        self.html = html.encode("utf-8")

    def __call__(self, environ, start_response):
        length = ("Content-Length", str(len(self.html)))  # <- content-length-too-short
        kind = ("Content-Type", "text/html; charset=utf-8")
        start_response("200 OK", [kind, length])
        yield self.html
        yield self.footer


app = Page("<h1>Hello</h1>")
