def only_good(app):
    def wrapped(environ, start_response):
        line = None

        def start(status, headers, exc_info=None):
            nonlocal line
            line = status
            return start_response(status, headers, exc_info)

        body = app(environ, start)
        if line.startswith('2'):  # <- middleware-early-status
            environ['wsgi.errors'].write('good\n')
        return body
    return wrapped


def words(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield b'one '
    yield b'two\n'


app = only_good(words)
