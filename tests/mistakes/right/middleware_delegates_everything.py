# Nothing here is called close, and yet the file is closed.

class Numbered:
    def __init__(self, body):
        self.body = body

    def __getattr__(self, name):
        return getattr(self.body, name)

    def __iter__(self):
        for number, line in enumerate(self.body, 1):
            yield b'%3d %s' % (number, line)


def source(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return open(__file__, 'rb')


def application(environ, start_response):
    return Numbered(source(environ, start_response))
