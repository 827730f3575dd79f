import sys


def app(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    try:
        body = b'%d\n' % (1 // 0)
    except ZeroDivisionError:
        error = sys.exc_info()
        try:
            start_response('500 Internal Server Error', [('Content-Type', 'text/plain')], error)
        finally:
            error = None
        body = b'sorry\n'
    yield body
