# send: GET /about
# send: GET /About

def app(environ, start_response):
    found = environ['PATH_INFO'][1:] == 'about'
    start_response('200 OK' if found else '404 Not Found', [('Content-Type', 'text/plain')])
    yield b'about us\n' if found else b'no such page\n'
