# send: GET /tea
# send: GET /wine

PRICES = {'/tea': 2, '/coffee': 3}


def application(environ, start_response):
    try:
        price = PRICES[environ['PATH_INFO']]
    except KeyError:
        start_response('404 Not Found', [('Content-Type', 'text/plain')])
        return [b'we do not have that\n']
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'%d\n' % price]
