def shout(app):
    def louder(environ, start_response):
        body = app(environ, start_response)
        try:
            text = b''.join(body)  # <- middleware-joins-body
        finally:
            if hasattr(body, 'close'):
                body.close()
        return [text.upper()]
    return louder


@shout
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    for word in (b'one\n', b'two\n', b'three\n'):
        yield word
