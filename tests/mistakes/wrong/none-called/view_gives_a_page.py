# send: GET /help

def front():
    return '<h1>Rowing club</h1>'


def boats():
    return '<ul><li>Skiff</li></ul>'


VIEWS = {'/': front, '/boats': boats}


def application(environ, start_response):
    status = '200 OK'
    page = VIEWS.get(environ['PATH_INFO'])()  # <- none-called
    start_response(status, [('Content-Type', 'text/html; charset=utf-8')])
    return [page.encode('utf-8')]
