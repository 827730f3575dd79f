# send: POST /
# body: seats=2
# send: GET /missing

BOOKED = []


class Fallback:
    """Shows the front page for whatever is missing."""

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        if environ['PATH_INFO'] != '/':
            environ['PATH_INFO'] = '/'
        return self.app(environ, start_response)


def theatre(environ, start_response):
    kind = [('Content-Type', 'text/plain; charset=utf-8')]
    if environ['PATH_INFO'] != '/':
        start_response('404 Not Found', kind)
        return [b'no such page\n']
    if environ['REQUEST_METHOD'] == 'POST':
        BOOKED.append(environ['REMOTE_ADDR'])
    start_response('200 OK', kind)
    return [b'%d booked\n' % len(BOOKED)]


application = Fallback(theatre)
