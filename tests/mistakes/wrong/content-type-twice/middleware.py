class Utf8:
    """Wants to name the encoding of every page."""

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            headers.append(('content-type', 'text/plain; charset=utf-8'))  # <- content-type-twice
            return start_response(status, headers, exc_info)

        return self.app(environ, start)


def poem(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=us-ascii')])
    return [b'Over all the hilltops\n']


application = Utf8(poem)
