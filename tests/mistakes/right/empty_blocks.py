def app(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield b''
    yield b'hello, '
    yield b''
    yield b'world\n'
    yield b''
