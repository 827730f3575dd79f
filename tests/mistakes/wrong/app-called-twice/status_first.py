# send: POST /
# body: seats=2
# send: GET /missing

BOOKED = []


class Fallback:
    """Shows the front page for whatever is missing."""

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        if self.status(environ) == '404 Not Found':
            environ['PATH_INFO'] = '/'
        return self.app(environ, start_response)  # <- app-called-twice

    def status(self, environ):
        seen = []

        def probe(status, headers, exc_info=None):
            seen.append(status)
            return lambda data: None

        body = self.app(environ, probe)
        try:
            for _ in body:
                pass
        finally:
            if hasattr(body, 'close'):
                body.close()
        return seen[0]


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
