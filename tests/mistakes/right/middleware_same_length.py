# The body is changed, but not its length.

def shout(app):
    def wrapped(environ, start_response):
        body = app(environ, start_response)
        try:
            for block in body:
                yield block.upper()
        finally:
            if hasattr(body, 'close'):
                body.close()
    return wrapped


@shout
def app(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain'), ('Content-Length', '12')])
    return [b'hello ', b'world\n']
