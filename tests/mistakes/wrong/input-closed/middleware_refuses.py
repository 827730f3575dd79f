# send: POST /
# body: name=Ada

class ReadOnly:
    """Lets no body through."""

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        if environ['REQUEST_METHOD'] not in ('GET', 'HEAD'):
            stream = environ['wsgi.input']
            stream.close()  # <- input-closed
            start_response('405 Method Not Allowed', [
                ('Content-Type', 'text/plain'),
                ('Allow', 'GET, HEAD'),
            ])
            return [b'you can only look\n']
        return self.app(environ, start_response)


def hello(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'hello\n']


application = ReadOnly(hello)
