# send: GET /

def length(environ):
    return int(environ.get('CONTENT_LENGTH') or 0)


class Limit:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        if length(environ) > 1000:
            start_response('413 Too Large', [('Content-Type', 'text/plain')])
            return [b'too large\n']
        return self.app(environ, start_response)


def hello(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'hello\n']


application = Limit(hello)
