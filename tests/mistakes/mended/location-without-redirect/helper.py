# send: GET /
# send: GET /en

STATUS = '200 OK'


def go_to(start_response, address):
    start_response('302 Found', [('Location', address), ('Content-Length', '0')])
    return []


def application(environ, start_response):
    if environ['PATH_INFO'] == '/':
        return go_to(start_response, '/en')
    start_response(STATUS, [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'Welcome\n']
