# send: GET /
# send: GET /other

class App:
    def __init__(self, environ, start_response):
        self.environ = environ
        self.start = start_response

    def __iter__(self):
        self.start('200 OK', [('Content-Type', 'text/plain')])
        yield b'method: '
        yield self.environ['REQUEST_METHOD'].encode('ascii')


application = App
