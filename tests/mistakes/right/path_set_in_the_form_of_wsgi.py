# send: GET /kaffee

def application(environ, start_response):
    environ['PATH_INFO'] = '/getränke/☕'.encode('utf-8').decode('latin-1')
    return page(environ, start_response)


def page(environ, start_response):
    path = environ['PATH_INFO'].encode('latin-1').decode('utf-8', 'replace')
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [path.encode('utf-8'), b'\n']
