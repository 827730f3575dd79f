REASONS = {200: (200, "OK"), 404: (404, "Not Found")}


def application(environ, start_response):
    code = 200 if environ["PATH_INFO"] == "/" else 404
    start_response(REASONS[code], [("Content-Type", "text/plain")])  # <- status-not-str
    return [b"page"]
