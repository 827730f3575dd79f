# send: GET /shop/cart

class Mount:
    def __init__(self, prefix, app):
        self.prefix = prefix
        self.app = app

    def __call__(self, environ, start_response):
        path = environ['PATH_INFO']
        if path.startswith(self.prefix):
            environ['SCRIPT_NAME'] = self.prefix.rstrip('/')
            environ['PATH_INFO'] = '/' + path[len(self.prefix):]
        return self.app(environ, start_response)


def shop(environ, start_response):
    link = environ['SCRIPT_NAME'] + '/checkout'
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [b'<a href="', link.encode('latin-1'), b'">Pay</a>']


application = Mount('/shop/', shop)
