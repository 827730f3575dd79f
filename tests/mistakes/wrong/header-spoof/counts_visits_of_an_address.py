# send: GET /
# header: X-Forwarded-For: 192.0.2.1

class Limiter:
    """Ten requests for everybody."""

    def __init__(self, app):
        self.app = app
        self.visits = {}

    def address(self, environ):
        forwarded = environ.get('HTTP_X_FORWARDED_FOR')  # <- header-spoof
        return forwarded or environ['REMOTE_ADDR']

    def __call__(self, environ, start_response):
        address = self.address(environ)
        self.visits[address] = self.visits.get(address, 0) + 1
        if self.visits[address] > 10:
            start_response('429 Too Many Requests', [('Content-Type', 'text/plain')])
            return [b'come back tomorrow\n']
        return self.app(environ, start_response)


def hello(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'hello\n']


application = Limiter(hello)
