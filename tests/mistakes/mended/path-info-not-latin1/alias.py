# send: GET /menu

ALIASES = {'/menu': '/carte/café–thé'}


def aliases(app):
    def call(environ, start_response):
        path = environ['PATH_INFO']
        if path in ALIASES:
            environ['PATH_INFO'] = ALIASES[path].encode('utf-8').decode('latin-1')
        return app(environ, start_response)
    return call


@aliases
def application(environ, start_response):
    path = environ['PATH_INFO'].encode('latin-1').decode('utf-8', 'replace')
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    yield path.encode('utf-8') + b'\n'
