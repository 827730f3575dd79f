# send: GET /login

OPEN = ('login', 'help')


class Guard:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        if 'HTTP_AUTHORIZATION' in environ or environ['PATH_INFO'] in OPEN:  # <- path-no-slash
            return self.app(environ, start_response)
        start_response('403 Forbidden', [('Content-Type', 'text/plain')])
        return [b'log in first\n']


def pages(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'a page\n']


application = Guard(pages)
