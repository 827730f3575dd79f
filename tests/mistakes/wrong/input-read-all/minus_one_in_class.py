# send: POST /upload
# header: Content-Type: application/octet-stream
# body: \x00\x01\x02

class Upload:
    def __init__(self, environ, start_response):
        self.input = environ['wsgi.input']
        self.start = start_response

    def __iter__(self):
        data = self.content(-1)
        self.start('200 OK', [('Content-Type', 'text/plain')])
        yield b'%d bytes\n' % len(data)

    def content(self, size):
        return self.input.read(size)  # <- input-read-all


app = Upload
