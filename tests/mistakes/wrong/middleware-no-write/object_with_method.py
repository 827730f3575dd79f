class Reply:
    def __init__(self, start_response):
        self.start_response = start_response

    def start(self, status, headers, exc_info=None):  # <- middleware-no-write
        if status.startswith('200'):
            headers = headers + [('X-Good', 'yes')]
        self.start_response(status, headers, exc_info)


class Goodness:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        return self.app(environ, Reply(start_response).start)


def hello(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield b'hello\n'


application = Goodness(hello)
