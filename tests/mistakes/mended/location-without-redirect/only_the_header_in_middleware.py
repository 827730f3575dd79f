# send: GET /private
# send: GET /login

def login_needed(app):
    def call(environ, start_response):
        if environ['PATH_INFO'] == '/login' or 'HTTP_COOKIE' in environ:
            return app(environ, start_response)
        headers = [('Content-Type', 'text/html; charset=utf-8')]
        headers.append(('Location', '/login'))
        start_response('302 Found', headers)
        return [b'']
    return call


@login_needed
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [b'<form method="post"><input name="user"></form>']
