class Upper:
    """Changes what is written as well as what is returned."""

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            write = start_response(status, headers, exc_info)
            return lambda data: write(data.upper())

        body = self.app(environ, start)
        return UpperBody(body)


class UpperBody:
    def __init__(self, body):
        self.body = body
        if hasattr(body, 'close'):
            self.close = body.close

    def __iter__(self):
        for block in self.body:
            yield block.upper()


def both(environ, start_response):
    write = start_response('200 OK', [('Content-Type', 'text/plain')])
    write(b'written\n')
    return [b'returned\n']


application = Upper(both)
