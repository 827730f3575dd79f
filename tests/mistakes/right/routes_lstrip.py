# send: GET /about
# send: GET /
# send: GET /nowhere

PAGES = {'': b'home\n', 'about': b'about us\n'}


def application(environ, start_response):
    name = environ['PATH_INFO'].lstrip('/')
    if name in PAGES:
        start_response('200 OK', [('Content-Type', 'text/plain')])
        return [PAGES[name]]
    start_response('404 Not Found', [('Content-Type', 'text/plain')])
    return [b'no such page\n']
