import sys


def read_numbers():
    try:
        return [int(word) for word in '1 2 three'.split()], None
    except ValueError:
        return [], sys.exc_info()


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield b''
    yield b''
    numbers, problem = read_numbers()
    if problem:
        start_response('500 No Numbers', [('Content-Type', 'text/plain')], problem)  # <- empty-chunk-then-error
    yield b'%d numbers\n' % len(numbers)
