# send: GET /about
# send: GET /nowhere

PAGES = {
    '/': b'home\n',
    '/about': b'about\n',
}


def application(environ, start_response):
    page = PAGES[environ['PATH_INFO']]  # <- raised-before-start
    start_response('200 OK', [
        ('Content-Type', 'text/plain'),
        ('Content-Length', str(len(page))),
    ])
    return [page]
