class OnlyHttps:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        if environ['REQUEST_SCHEME'] != 'https':  # <- environ-key-not-portable
            environ['wsgi.errors'].write('not encrypted\n')
        return self.app(environ, start_response)


def hello(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'hello\n']


application = OnlyHttps(hello)
