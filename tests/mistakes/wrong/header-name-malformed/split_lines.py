TEXT = """\
Content-Type: text/html; charset=utf-8
Cache-Control : no-store
"""


def parsed(text):
    return [tuple(line.split(": ", 1)) for line in text.splitlines()]


def app(environ, start_response):
    start_response("200 OK", parsed(TEXT))  # <- header-name-malformed
    return [b"<h1>Hello</h1>"]
