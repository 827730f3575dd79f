# send: GET /artists/AC%2FDC

class Artists:
    def __init__(self, environ, start_response):
        self.environ = environ
        self.start = start_response

    def name(self, path):
        return path.rpartition('/')[2]  # <- path-encoded-slash

    def __iter__(self):
        name = self.name(self.environ['PATH_INFO'])
        self.start('200 OK', [('Content-Type', 'text/plain')])
        yield ascii(name).encode('ascii')


app = Artists
