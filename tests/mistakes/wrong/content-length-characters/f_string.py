class Page:
    def __init__(self, title):
        self.html = f"<!doctype html><title>{title}</title><h1>{title}</h1>"

    def __call__(self, environ, start_response):
        size = f"{len(self.html)}"  # <- content-length-characters
        headers = [("Content-Type", "text/html; charset=utf-8")]
        start_response("200 OK", headers + [("Content-Length", size)])
        yield self.html.encode("utf-8")


app = Page("Café")
