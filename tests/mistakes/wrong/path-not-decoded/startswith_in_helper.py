# send: GET /stra%C3%9Fe/7

def is_street(path):
    return path.startswith('/straße/')  # <- path-not-decoded


def application(environ, start_response):
    found = is_street(environ['PATH_INFO'])
    start_response('200 OK' if found else '404 Not Found', [('Content-Type', 'text/plain')])
    yield b'a street\n' if found else b'no such street\n'
