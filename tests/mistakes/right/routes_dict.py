# send: GET /
# send: GET /about
# send: GET /nowhere
# send: GET /caf%C3%A9

def home(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'home\n']


def about(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield b'about us\n'


def missing(environ, start_response):
    start_response('404 Not Found', [('Content-Type', 'text/plain')])
    return [b'no such page\n']


ROUTES = {'/': home, '/about': about}


def application(environ, start_response):
    page = ROUTES.get(environ['PATH_INFO'], missing)
    return page(environ, start_response)
