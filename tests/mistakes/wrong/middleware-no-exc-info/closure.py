def add_header(app):
    def wrapped(environ, start_response):
        def start(status, headers):  # <- middleware-no-exc-info
            return start_response(status, headers + [('X-Served-By', 'me')])
        return app(environ, start)
    return wrapped


@add_header
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'hello\n']
