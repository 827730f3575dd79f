# The body is closed by a function that takes whatever it is given.
class Rows:
    def __init__(self, errors):
        self.errors = errors

    def __iter__(self):
        return iter([b'one\n', b'two\n'])

    def close(self):
        self.errors.write('the rows are done\n')


def done(*things):
    for thing in things:
        finish = getattr(thing, 'close', None)
        if finish is not None:
            finish()


def rows(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return Rows(environ['wsgi.errors'])


class Upper:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        body = self.app(environ, start_response)
        try:
            for row in body:
                yield row.upper()
        finally:
            done(body)


application = Upper(rows)
