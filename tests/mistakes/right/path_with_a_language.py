# The language is taken off the path and kept where the application looks for it.
# send: GET /en/tea
# send: GET /old/tea
# send: GET /tea/
def page(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    words = environ.get('shop.language', 'de'), environ['PATH_INFO']
    return [' '.join(words).encode('latin-1')]


def application(environ, start_response):
    path = environ['PATH_INFO']
    if path.startswith('/en/'):
        environ['shop.language'] = 'en'
        environ['PATH_INFO'] = path[3:]
    elif path.startswith('/old/'):
        environ['PATH_INFO'] = '/new' + path[4:]
    elif path.endswith('/'):
        environ['PATH_INFO'] = path.rstrip('/')
    return page(environ, start_response)
