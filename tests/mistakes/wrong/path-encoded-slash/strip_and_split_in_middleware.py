# send: GET /tags/black%2Fwhite/

def with_parts(app):
    def wrapped(environ, start_response):
        path = environ.get('PATH_INFO', '')
        environ['my.parts'] = path.strip('/').split('/')  # <- path-encoded-slash
        return app(environ, start_response)
    return wrapped


@with_parts
def application(environ, start_response):
    kind, *names = environ['my.parts']
    found = kind == 'tags' and len(names) == 1
    start_response('200 OK' if found else '404 Not Found', [('Content-Type', 'text/plain')])
    return [b'a tag\n' if found else b'no such tag\n']
