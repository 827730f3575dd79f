# send: GET /
# leaves
# send: GET /

def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'application/octet-stream')])
    try:
        for _ in range(200):
            yield b'x' * 8192
    finally:
        environ['wsgi.errors'].write('the end\n')
