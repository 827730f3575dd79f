# workers: 2
# send: GET /

class Numbered:
    """Numbers the requests, and hands the number on in environ."""

    def __init__(self, app):
        self.app = app
        self.number = 0

    def __call__(self, environ, start_response):
        self.number += 1  # <- state-per-process
        environ['ticket.number'] = self.number
        return self.app(environ, start_response)


def hello(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield b'Your ticket has the number %d.\n' % environ['ticket.number']


app = Numbered(hello)
