# send: GET /nowhere
PAGES = {"/": b"home"}


def not_found(start_response):
    start_response("404 Not Found", [("Content-Type", "text/plain")])  # <- start-response-twice
    return [b"no such page"]


class Site:
    def __call__(self, environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
        page = PAGES.get(environ["PATH_INFO"])
        return not_found(start_response) if page is None else [page]


app = Site()
