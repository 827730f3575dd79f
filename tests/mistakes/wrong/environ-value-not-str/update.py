class Numbered:
    def __init__(self, app):
        self.app, self.count = app, 0

    def __call__(self, environ, start_response):
        self.count += 1
        environ.update(REQUEST_NUMBER=self.count)  # <- environ-value-not-str
        return self.app(environ, start_response)


def hello(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"You are number %d" % environ["REQUEST_NUMBER"]]


app = Numbered(hello)
