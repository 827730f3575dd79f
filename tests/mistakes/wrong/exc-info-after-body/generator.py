import sys


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield b'one\n'
    try:
        yield b'%d\n' % (1 // 0)
    except ZeroDivisionError:
        plain = [('Content-Type', 'text/plain')]
        start_response('500 Oops', plain, sys.exc_info())  # <- exc-info-after-body
        yield b'sorry\n'
