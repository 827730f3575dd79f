"""Reads a form, as lesson 2 does."""

from html import escape
from urllib.parse import parse_qs


def application(environ, start_response):
    length = int(environ.get("CONTENT_LENGTH") or 0)
    sent = environ["wsgi.input"].read(length).decode()
    fields = parse_qs(sent, keep_blank_values=True)
    name = fields.get("name", ["nobody"])[0]
    page = f"<p>Hello, {escape(name)}!</p>\n".encode()
    headers = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", str(len(page))),
    ]
    start_response("200 OK", headers)
    return [page]
