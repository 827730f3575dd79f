# send: HEAD /
# send: GET /

def app(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain'), ('Content-Length', '12')])
    if environ['REQUEST_METHOD'] != 'HEAD':
        yield b'hello '
        yield b'world\n'
