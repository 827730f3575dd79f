# send: GET /
# send: GET /tea

PAGES = {'/': b'home\n'}


def find(path):
    try:
        return PAGES[path]
    except KeyError as error:
        raise RuntimeError('no such page') from error  # <- raised-before-start


def app(environ, start_response):
    page = find(environ['PATH_INFO'])
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [page]
