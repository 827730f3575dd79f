# Many blocks of one character, always the same: somebody watches the dots come.

def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield b'working '
    for _ in range(30):
        yield b'.'
    yield b' done\n'
