# send: GET /
# header: X-Forwarded-Proto: https

class Scheme:
    """The scheme of the address as the browser has it."""

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        scheme = environ.get('HTTP_X_FORWARDED_PROTO')  # <- header-spoof
        if scheme:
            environ['wsgi.url_scheme'] = scheme
        return self.app(environ, start_response)


def hello(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'Welcome by ' + environ['wsgi.url_scheme'].encode('latin-1')]


application = Scheme(hello)
