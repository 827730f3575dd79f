# send: GET /

def with_defaults(app):
    def call(environ, start_response):
        environ.setdefault('HTTP_ACCEPT_LANGUAGE', 'en')
        environ.setdefault('CONTENT_TYPE', '')
        return app(environ, start_response)
    return call


@with_defaults
def application(environ, start_response):
    language = environ['HTTP_ACCEPT_LANGUAGE']
    kind = environ['CONTENT_TYPE'] or 'no type'
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [f'{language}, {kind}\n'.encode('latin-1')]
