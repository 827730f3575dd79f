import sys


def patient(app):
    """Gives the server something to do until the app is ready."""
    def wrapped(environ, start_response):
        body = app(environ, start_response)
        try:
            for block in body:
                yield block
        except LookupError:
            start_response('500 Oops', [('Content-Type', 'text/plain')], sys.exc_info())  # <- empty-chunk-then-error
            yield b'Something went wrong\n'
        finally:
            if hasattr(body, 'close'):
                body.close()
    return wrapped


@patient
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield b''
    yield [b'one\n', b'two\n'][2]
