import sys


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield b'one\n'
    try:
        yield b'%d\n' % (1 // 0)
    except ZeroDivisionError:
        try:
            start_response('500 Oops', [('Content-Type', 'text/plain')], sys.exc_info())  # <- exc-info-swallowed
        except ZeroDivisionError:
            pass
        yield b'sorry\n'
