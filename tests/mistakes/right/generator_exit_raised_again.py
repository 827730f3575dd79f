# send: GET /
# leaves

def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'application/octet-stream')])
    for _ in range(300):
        try:
            yield b'=' * 65536
        except:
            environ['wsgi.errors'].write('the client has left\n')
            raise
