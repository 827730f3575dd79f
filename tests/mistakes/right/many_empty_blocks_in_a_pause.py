# Empty blocks are allowed, and these end.
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    for number in range(400):
        yield b'tick\n' if number % 100 == 0 else b''
