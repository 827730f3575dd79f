# The prefix is gone: the links of the inner application lead past it.
# send: GET /shop/cart
def shop(environ, start_response):
    link = environ['SCRIPT_NAME'] + '/cart'
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'%s at %s\n' % (environ['PATH_INFO'].encode('latin-1'), link.encode('latin-1'))]


def application(environ, start_response):
    path = environ['PATH_INFO']
    if path.startswith('/shop/'):
        environ['PATH_INFO'] = path[len('/shop'):]  # <- script-name-path-info
        return shop(environ, start_response)
    start_response('404 Not Found', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'not here\n']
