# send: GET /admin
# header: X-Forwarded-For: 10.0.0.1

class Admin:
    def __init__(self, environ, start_response):
        self.environ = environ
        self.start_response = start_response

    def allowed(self):
        client = self.environ['HTTP_X_FORWARDED_FOR'].split(',')[0]  # <- header-spoof
        return client == '10.0.0.1'

    def __iter__(self):
        if self.allowed():
            self.start_response('200 OK', [('Content-Type', 'text/plain')])
            yield b'the secret\n'
        else:
            self.start_response('403 Forbidden', [('Content-Type', 'text/plain')])
            yield b'no\n'


app = Admin
