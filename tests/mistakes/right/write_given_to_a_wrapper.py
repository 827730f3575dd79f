class Started:
    """Counts the answers, and gives write() on."""

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            return start_response(status, headers + [('X-Started', 'yes')], exc_info)

        return self.app(environ, start)


def inner(environ, start_response):
    write = start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    write(b'written, ')
    return [b'and returned\n']


application = Started(inner)
