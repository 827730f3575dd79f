# send: GET /static/style.css

def is_static(path):
    return path.startswith('static/')  # <- path-no-slash


def application(environ, start_response):
    if is_static(environ['PATH_INFO']):
        start_response('200 OK', [('Content-Type', 'text/css')])
        yield b'body { color: black }\n'
    else:
        start_response('404 Not Found', [('Content-Type', 'text/plain')])
        yield b'no such file\n'
