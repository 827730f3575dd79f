# send: GET /
# send: POST /
# body: a=1

def add_header(name, value):
    def decorator(app):
        def wrapped(environ, start_response):
            def start(status, headers, exc_info=None):
                headers.append((name, value))
                return start_response(status, headers, exc_info)
            return app(environ, start)
        return wrapped
    return decorator


def timed(app):
    import time

    def wrapped(environ, start_response):
        begin = time.perf_counter()
        body = app(environ, start_response)
        try:
            for block in body:
                yield block
        finally:
            getattr(body, 'close', lambda: None)()
            environ['wsgi.errors'].write('%.3f s\n' % (time.perf_counter() - begin))
    return wrapped


@timed
@add_header('X-Frame-Options', 'DENY')
@add_header('Referrer-Policy', 'no-referrer')
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'hello\n']
