import itertools

NAMES = [b'Ada', b'Grace']
YEARS = [1815, 1906]


def application(environ, start_response):
    rows = [b'%s %d\n' % pair for pair in itertools.izip(NAMES, YEARS)]  # <- python-2-code
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return rows
