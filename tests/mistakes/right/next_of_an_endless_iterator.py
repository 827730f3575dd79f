from itertools import count, cycle


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    colours, numbers = cycle(['red', 'white']), count(1)
    for _ in range(3):
        yield b'%d %s\n' % (next(numbers), next(colours).encode('ascii'))
