# send: GET /na%C3%AFve

def application(environ, start_response):
    path = environ['PATH_INFO']  # <- path-not-decoded
    start_response('404 Not Found', [('Content-Type', 'text/plain; charset=utf-8')])
    return ['There is no page {}.\n'.format(path).encode('utf-8')]
