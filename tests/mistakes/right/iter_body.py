# send: GET /
# send: GET /

LINES = [b'one\n', b'two\n']


def app(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return iter(LINES)
