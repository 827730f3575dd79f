class Greeter:
    def __call__(self, environ, start_response):
        self.environ = environ  # <- middleware-shared-state
        start_response('200 OK', [('Content-Type', 'text/plain')])
        return [b'hello, ', self.address(), b'\n']

    def address(self):
        return self.environ['REMOTE_ADDR'].encode('ascii')


application = Greeter()
