def shout(app):
    def louder(environ, start_response):
        body = app(environ, start_response)
        try:
            for chunk in body:
                yield chunk.upper()
        finally:
            if hasattr(body, 'close'):
                body.close()
    return louder


@shout
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return open(__file__, 'rb')
