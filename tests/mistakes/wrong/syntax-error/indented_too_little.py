def gateway(app):
    def wrapped(environ, start_response):
        if environ['REQUEST_METHOD'] != 'GET':
        start_response('405 Method Not Allowed', [('Allow', 'GET'), ('Content-Type', 'text/plain')])  # <- syntax-error
        return [b'only GET']
        return app(environ, start_response)
    return wrapped


@gateway
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'hello']
