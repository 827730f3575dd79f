import itertools

NAMES = [b'Ada', b'Grace']
YEARS = [1815, 1906]


def application(environ, start_response):
    rows = [b'%s %d\n' % pair for pair in zip(NAMES, YEARS)]
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return rows
