# send: GET /a%20b

class Echo:
    def __init__(self, environ, start_response):
        self.environ = environ
        self.start = start_response

    def address(self):
        return 'http://' + self.environ['SERVER_NAME'] + self.environ['RAW_URI']  # <- environ-key-not-portable

    def __iter__(self):
        address = self.address()
        self.start('200 OK', [('Content-Type', 'text/plain')])
        yield ascii(address).encode('ascii')


app = Echo
