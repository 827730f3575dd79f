# send: GET /help

def front():
    return '<h1>Rowing club</h1>'


def boats():
    return '<ul><li>Skiff</li></ul>'


VIEWS = {'/': front, '/boats': boats}


def application(environ, start_response):
    view = VIEWS.get(environ['PATH_INFO'])
    status = '200 OK' if view else '404 Not Found'
    page = view() if view else '<h1>No such page</h1>'
    start_response(status, [('Content-Type', 'text/html; charset=utf-8')])
    return [page.encode('utf-8')]
