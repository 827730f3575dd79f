TITLE = "Tea \u2013 a guide"


def begin(start_response):
    start_response("200 OK", [("Content-Type", "text/html"), ("X-Title", TITLE)])  # <- header-not-latin1


def application(environ, start_response):
    begin(start_response)
    return [b"<h1>Tea</h1>"]
