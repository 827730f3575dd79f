# send: POST /
# body: Ada
class Echo:
    def __call__(self, environ, start_response):
        size = int(environ.get("CONTENT_LENGTH") or 0)
        sent = environ["wsgi.input"].read(size)
        answer = "You sent: " + sent  # <- bytes-plus-str
        start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
        return [answer.encode("utf-8")]


app = Echo()
