# send: GET /tea/%E2%98%95

class Readable:
    """Makes readable text of the path."""

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        path = environ['PATH_INFO'].encode('latin-1').decode('utf-8', 'replace')
        environ['PATH_INFO'] = path  # <- path-info-not-latin1
        return self.app(environ, start_response)


def show(environ, start_response):
    path = environ['PATH_INFO'].encode('latin-1').decode('utf-8', 'replace')
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [path.encode('utf-8'), b'\n']


application = Readable(show)
