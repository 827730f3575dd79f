# send: GET /
# header: X-Forwarded-For: 198.51.100.9, 10.0.0.1

def behind_a_proxy(app):
    def wrapped(environ, start_response):
        if 'HTTP_X_FORWARDED_FOR' in environ:
            client, *proxies = environ['HTTP_X_FORWARDED_FOR'].split(', ')  # <- header-spoof
            environ['REMOTE_ADDR'] = client
        return app(environ, start_response)
    return wrapped


@behind_a_proxy
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield ascii(environ['REMOTE_ADDR']).encode('ascii')
