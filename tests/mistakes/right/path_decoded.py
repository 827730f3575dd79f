# send: GET /caf%C3%A9
# send: GET /caf%E9
# send: GET /

def application(environ, start_response):
    path = environ['PATH_INFO'].encode('latin-1').decode('utf-8', 'replace')
    if path == '/café':
        start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
        return ['un café\n'.encode('utf-8')]
    start_response('404 Not Found', [('Content-Type', 'text/plain; charset=utf-8')])
    return ['no page {}\n'.format(path).encode('utf-8')]
