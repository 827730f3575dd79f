import sys


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield b''
    try:
        answer = b'%d\n' % (1 // 0)
    except ZeroDivisionError:
        plain = [('Content-Type', 'text/plain')]
        start_response('500 Oops', plain, sys.exc_info())  # <- empty-chunk-then-error
        answer = b'sorry\n'
    yield answer
