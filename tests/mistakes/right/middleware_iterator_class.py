class Upper:
    def __init__(self, body):
        self.body = body
        self.blocks = iter(body)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.blocks).upper()

    def close(self):
        if hasattr(self.body, 'close'):
            self.body.close()


class Shout:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        return Upper(self.app(environ, start_response))


def hello(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield b'hello\n'
    yield b'world\n'


application = Shout(hello)
