# send: GET /
# send: GET /
# header: Referer: http://localhost/lakes

def application(environ, start_response):
    came_from = environ['HTTP_REFERER']  # <- environ-key-optional
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    yield b'You came from the lakes.\n' if came_from.endswith('/lakes') else b'Welcome.\n'
