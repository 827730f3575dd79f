# send: POST /
# body: name=Ada
import io


class Trimmed:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        size = int(environ.get("CONTENT_LENGTH") or 0)
        body = environ["wsgi.input"].read(size).strip()
        environ["wsgi.input"] = io.BytesIO(body)
        environ["CONTENT_LENGTH"] = len(body)  # <- environ-value-not-str
        return self.app(environ, start_response)


def echo(environ, start_response):
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [body]


app = Trimmed(echo)
