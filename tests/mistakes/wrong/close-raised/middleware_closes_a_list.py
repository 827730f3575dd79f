class Upper:
    def __init__(self, body):
        self.body = body

    def __iter__(self):
        for chunk in self.body:
            yield chunk.upper()

    def close(self):
        self.body.close()  # <- close-raised


class Shout:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        return Upper(self.app(environ, start_response))


def hello(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'hello\n', b'world\n']


application = Shout(hello)
