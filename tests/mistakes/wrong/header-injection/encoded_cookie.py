import base64


class Session:
    def __init__(self, secret):
        self.secret = secret

    def __call__(self, environ, start_response):
        value = base64.encodebytes(self.secret).decode("ascii")
        headers = [("Content-Type", "text/plain; charset=utf-8")]
        headers.append(("Set-Cookie", "session=" + value))  # <- header-injection
        start_response("200 OK", headers)
        yield b"Hello"


app = Session(b"it is me")
