NUMBERS = [3, 4, 5]


def application(environ, start_response):
    total = reduce(lambda one, other: one * other, NUMBERS)  # <- python-2-code
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'%d\n' % total]
