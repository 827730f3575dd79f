class Rows:
    def __init__(self):
        self.rows = iter([b'one\n', b'two\n'])

    def __iter__(self):
        return self.rows

    def close(self):
        self.rows = None


class Log:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        environ['wsgi.errors'].write('a request\n')
        yield from self.app(environ, start_response)  # <- close-swallowed


def table(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return Rows()


application = Log(table)
