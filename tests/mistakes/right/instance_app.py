# send: GET /
# send: GET /

class Hello:
    def __init__(self, greeting):
        self.greeting = greeting

    def __call__(self, environ, start_response):
        start_response('200 OK', [('Content-Type', 'text/plain')])
        return [self.greeting, b', world\n']


app = Hello(b'Good morning')
