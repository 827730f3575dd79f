# It is caught, and the generator ends: close() is content with that.
# send: GET /
# leaves

def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'application/octet-stream')])
    try:
        while True:
            yield b'.' * 65536
    except GeneratorExit:
        environ['wsgi.errors'].write('enough\n')
