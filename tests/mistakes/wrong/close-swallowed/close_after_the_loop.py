# close() comes after the loop, which does not end when the client leaves.
# send: GET /
# leaves

class Reader:
    """A place in a reading room, to be given back."""

    def __init__(self, errors):
        self.errors = errors

    def __iter__(self):
        return iter([b'-' * 65536] * 400)

    def close(self):
        self.errors.write('the place is free\n')


def room(environ, start_response):
    start_response('200 OK', [('Content-Type', 'application/octet-stream')])
    return Reader(environ['wsgi.errors'])


def passed_on(app):
    def call(environ, start_response):
        body = app(environ, start_response)
        for block in body:  # <- close-swallowed
            yield block
        body.close()
    return call


application = passed_on(room)
