# send: GET /?name=%C5%81ukasz
from urllib.parse import parse_qs


class Login:
    def __call__(self, environ, start_response):
        name = parse_qs(environ["QUERY_STRING"]).get("name", ["nobody"])[0]
        headers = [("Content-Type", "text/plain; charset=utf-8")]
        headers.append(("Set-Cookie", f"name={name}"))  # <- header-not-latin1
        start_response("200 OK", headers)
        yield b"Welcome"


app = Login()
