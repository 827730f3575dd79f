import sys


def application(environ, start_response):
    headers = [("Content-Type", "text/plain; charset=utf-8")]
    try:
        body = b"%d" % int("seven")
        start_response("200 OK", headers)
    except ValueError:
        body = b"no number"
        start_response("400 Bad Request", headers, exc_info=sys.exc_info())  # <- start-response-keywords
    return [body]
