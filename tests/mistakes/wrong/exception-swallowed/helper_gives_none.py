# The look-up fails, its function gives None, and the page stays empty.
# send: GET /oak
HEIGHTS = {'ash': 12, 'beech': None}


def height(environ):
    try:
        return HEIGHTS[environ['PATH_INFO'].strip('/')]
    except:  # <- exception-swallowed
        pass


def application(environ, start_response):
    found = height(environ)
    page = b''
    if found is not None:
        page = b'%d metres\n' % found
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [page]
