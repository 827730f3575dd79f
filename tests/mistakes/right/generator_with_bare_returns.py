# send: GET /
# send: HEAD /
# send: PUT /

def application(environ, start_response):
    kind = ('Content-Type', 'text/plain; charset=utf-8')
    if environ['REQUEST_METHOD'] not in ('GET', 'HEAD'):
        start_response('405 Method Not Allowed', [kind, ('Allow', 'GET, HEAD')])
        yield b'Only to be read.\n'
        return
    start_response('200 OK', [kind])
    if environ['REQUEST_METHOD'] == 'HEAD':
        return []
    yield b'one\n'
    yield b'two\n'
