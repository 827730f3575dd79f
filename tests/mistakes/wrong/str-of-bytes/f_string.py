# send: POST /
# body: name=Ada
from urllib.parse import parse_qs


class Greeter:
    def __call__(self, environ, start_response):
        size = int(environ.get("CONTENT_LENGTH") or 0)
        form = parse_qs(environ["wsgi.input"].read(size))
        name = form.get(b"name", [b"World"])[0]
        start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
        yield f"Hello, {name}!".encode("utf-8")  # <- str-of-bytes


app = Greeter()
