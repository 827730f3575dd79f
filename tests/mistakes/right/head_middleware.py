# send: GET /
# send: HEAD /

def without_body_for_head(app):
    def wrapped(environ, start_response):
        if environ['REQUEST_METHOD'] != 'HEAD':
            return app(environ, start_response)
        body = app(dict(environ, REQUEST_METHOD='GET'), start_response)
        if hasattr(body, 'close'):
            body.close()
        return []
    return wrapped


@without_body_for_head
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'hello\n']
