# send: GET /
# header: X-Forwarded-For: 203.0.113.7
# send: GET /

PROXIES = {'10.0.0.1', '127.0.0.1'}


def client(environ):
    if environ['REMOTE_ADDR'] in PROXIES:
        forwarded = environ.get('HTTP_X_FORWARDED_FOR', '')
        return forwarded.rpartition(',')[2].strip() or environ['REMOTE_ADDR']
    return environ['REMOTE_ADDR']


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'you are ', ascii(client(environ)).encode('ascii')]
