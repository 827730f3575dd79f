# send: GET /?lang=en%0d%0aX-Evil:%201
from urllib.parse import parse_qs


def application(environ, start_response):
    language = parse_qs(environ["QUERY_STRING"]).get("lang", ["en"])[0]
    headers = [("Content-Type", "text/plain; charset=utf-8")]
    start_response(f"200 OK {language}", headers)  # <- status-malformed
    return [b"Hello"]
