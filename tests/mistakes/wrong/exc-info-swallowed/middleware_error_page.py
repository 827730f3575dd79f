import sys


def error_page(app):
    def guarded(environ, start_response):
        body = app(environ, start_response)
        try:
            yield from body
        except Exception:
            try:
                start_response('500 Oops', [('Content-Type', 'text/plain')], sys.exc_info())  # <- exc-info-swallowed
            except Exception as error:
                environ['wsgi.errors'].write('too late: %r\n' % error)
            yield b'Something went wrong\n'
        finally:
            if hasattr(body, 'close'):
                body.close()
    return guarded


@error_page
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield b'so far so good\n'
    raise OSError('the disk is gone')
