# send: GET /?next=/home%0d%0aSet-Cookie:%20admin=1
from urllib.parse import parse_qs


def application(environ, start_response):
    target = parse_qs(environ["QUERY_STRING"]).get("next", ["/"])[0]
    start_response("302 Found", [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Location", target),  # <- header-injection
    ])
    return [b"this way"]
