# send: GET /

class NoSniff:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            headers['X-Content-Type-Options'] = 'nosniff'  # <- headers-as-dict
            return start_response(status, headers, exc_info)

        return self.app(environ, start)


def notes(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'buy milk\n']


application = NoSniff(notes)
