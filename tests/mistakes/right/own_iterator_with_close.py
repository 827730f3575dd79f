# send: GET /
# send: HEAD /
# send: GET /

class Lines:
    def __init__(self, errors):
        self.errors = errors
        self.file = open(__file__, 'rb')

    def __iter__(self):
        return self

    def __next__(self):
        line = self.file.readline()
        if not line:
            raise StopIteration
        return line

    def close(self):
        self.file.close()
        self.errors.write('closed\n')


def app(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return Lines(environ['wsgi.errors'])
