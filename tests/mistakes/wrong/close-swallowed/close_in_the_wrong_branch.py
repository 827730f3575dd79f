# Only an error closes the body.
class Lines:
    def __init__(self, errors):
        self.errors = errors
        self.left = [b'last\n', b'first\n']

    def __iter__(self):
        return self

    def __next__(self):
        if not self.left:
            raise StopIteration
        return self.left.pop()

    def close(self):
        self.errors.write('no more lines\n')


def lines(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return Lines(environ['wsgi.errors'])


class Guard:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        return self.guarded(self.app(environ, start_response))

    def guarded(self, body):
        try:
            yield from body  # <- close-swallowed
        except ValueError:
            body.close()
            raise


application = Guard(lines)
