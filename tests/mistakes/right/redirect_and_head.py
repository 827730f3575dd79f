# send: HEAD /old
# send: GET /old
# send: HEAD /new
# send: GET /new

def application(environ, start_response):
    if environ['PATH_INFO'] == '/old':
        start_response('308 Permanent Redirect', [('Location', '/new'), ('Content-Length', '0')])
        return []
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8'), ('Content-Length', '4')])
    return [] if environ['REQUEST_METHOD'] == 'HEAD' else [b'new\n']
