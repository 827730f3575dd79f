class Starter:
    def __init__(self, start_response, cookie):
        self.start_response = start_response
        self.cookie = cookie

    def __call__(self, status, headers):  # <- middleware-no-exc-info
        headers = headers + [('Set-Cookie', self.cookie)]
        return self.start_response(status, headers)


class Sessions:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        return self.app(environ, Starter(start_response, 'session=1'))


def hello(environ, start_response):
    write = start_response('200 OK', [('Content-Type', 'text/plain')])
    write(b'hello\n')
    return [b'world\n']


application = Sessions(hello)
