# send: GET /
# send: GET /

BODY = [b'always ', b'the same\n']


def application(environ, start_response):
    length = sum(len(block) for block in BODY)
    start_response('200 OK', [('Content-Type', 'text/plain'), ('Content-Length', str(length))])
    return BODY
