def shout(app):
    def louder(environ, start_response):
        for chunk in app(environ, start_response):  # <- close-swallowed
            yield chunk.upper()
    return louder


@shout
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return open(__file__, 'rb')
