import functools


def only(*methods):
    def decorator(app):
        @functools.wraps(app)
        def wrapped(environ, start_response):
            if environ['REQUEST_METHOD'] in methods:
                return app(environ, start_response)
            start_response('405 Method Not Allowed', [
                ('Content-Type', 'text/plain'),
                ('Allow', ', '.join(methods)),
            ])
            return [b'not like that\n']
        return wrapped
    return decorator


@only('GET', 'HEAD')
def application(environ, start_response):
    """Says hello."""
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'hello\n']
