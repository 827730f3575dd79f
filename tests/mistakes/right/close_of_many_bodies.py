# Several bodies in one, each closed at the end.
from itertools import chain


def head(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'--\n']


def text(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')], None)
    return open(__file__, 'rb')


class Both:
    def __init__(self, bodies):
        self.bodies = bodies

    def __iter__(self):
        return chain.from_iterable(self.bodies)

    def close(self):
        for body in self.bodies:
            if hasattr(body, 'close'):
                body.close()


def application(environ, start_response):
    nothing = []
    first = head(environ, lambda status, headers, exc_info=None: nothing.append)
    return Both([first, text(environ, start_response)])
