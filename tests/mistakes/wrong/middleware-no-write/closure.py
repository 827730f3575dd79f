def no_cache(app):
    def wrapped(environ, start_response):
        def start(status, headers, exc_info=None):  # <- middleware-no-write
            headers = headers + [('Cache-Control', 'no-store')]
            start_response(status, headers, exc_info)
        return app(environ, start)
    return wrapped


@no_cache
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'hello\n']
