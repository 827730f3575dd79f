# send: GET /
# header: Cookie: user=ada

def need_cookie(app):
    def wrapped(environ, start_response):
        cookie = environ.get('HTTP_COOKIE', '')
        environ['my.cookie'] = cookie
        return app(environ, start_response)
    return wrapped


@need_cookie
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'%d characters\n' % len(environ['my.cookie'])]
