# send: GET /
# send: HEAD /

class Rows:
    def __init__(self):
        self.open = True

    def __iter__(self):
        yield b'one\n'
        yield b'two\n'

    def close(self):
        self.open = False


class Log:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        body = self.app(environ, start_response)
        try:
            yield from body
        finally:
            close = getattr(body, 'close', None)
            if close:
                close()
            environ['wsgi.errors'].write('done\n')


def table(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return Rows()


app = Log(table)
