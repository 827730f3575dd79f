# send: GET /notes/7
# send: GET /notes/24%2F12

def note(path):
    empty, kind, name = path.split('/')  # <- path-encoded-slash
    return kind, name


def application(environ, start_response):
    kind, name = note(environ['PATH_INFO'])
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield ascii((kind, name)).encode('ascii')
