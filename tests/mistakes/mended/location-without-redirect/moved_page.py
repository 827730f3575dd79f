# send: GET /winter
# send: GET /season

def application(environ, start_response):
    kind = ('Content-Type', 'text/plain; charset=utf-8')
    if environ['PATH_INFO'] == '/winter':
        start_response('302 Found', [kind, ('Location', '/season')])
        return []
    start_response('200 OK', [kind])
    return [b'open from May to October\n']
