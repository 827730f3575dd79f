# The list has no close(), but the next application may have one.

def inner(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'hello\n', b'world\n']


class Reverse:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        for line in self.app(environ, start_response):  # <- close-swallowed
            yield line.rstrip()[::-1] + b'\n'


app = Reverse(inner)
