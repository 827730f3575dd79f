import json

SETTINGS = '{"headers": [["Content-Type", "text/html; charset=utf-8"], ["X-Robots-Tag", "none"]]}'


def begin(start_response):
    return start_response("200 OK", json.loads(SETTINGS)["headers"])  # <- header-not-tuple


def app(environ, start_response):
    begin(start_response)
    return [b"<h1>Hello</h1>"]
