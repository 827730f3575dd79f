def no_cache(app):
    def wrapped(environ, start_response):
        def start(status, headers, *more):
            return start_response(status, [*headers, ('Cache-Control', 'no-store')], *more)
        return app(environ, start)
    return wrapped


@no_cache
def application(environ, start_response):
    start_response('200 OK', [
        ('Content-Type', 'text/plain'),
        ('Set-Cookie', 'a=1'),
        ('Set-Cookie', 'b=2'),
    ])
    return [b'hello\n']
