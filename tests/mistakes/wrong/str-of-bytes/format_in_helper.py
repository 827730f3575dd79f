# send: GET /?q=tea
from html import escape

PAGE = "<h1>Found</h1><p>{}</p>"


def page(what):
    return PAGE.format(what).encode("utf-8")  # <- str-of-bytes


def application(environ, start_response):
    query = escape(environ["QUERY_STRING"]).encode("utf-8")
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [page(query)]
