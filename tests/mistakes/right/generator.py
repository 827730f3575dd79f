# send: GET /
# send: HEAD /
# send: GET /unknown

def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    for number in range(3):
        yield b'%d\n' % number
