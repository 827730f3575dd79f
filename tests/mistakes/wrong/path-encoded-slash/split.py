# send: GET /files/a%2Fb

def application(environ, start_response):
    parts = environ['PATH_INFO'].split('/')  # <- path-encoded-slash
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'%d parts\n' % len(parts)]
