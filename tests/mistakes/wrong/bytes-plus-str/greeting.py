# send: GET /?name=Ada
from urllib.parse import parse_qs


def application(environ, start_response):
    form = parse_qs(environ["QUERY_STRING"])
    name = form.get("name", ["World"])[0]
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"Hello, " + name]  # <- bytes-plus-str
