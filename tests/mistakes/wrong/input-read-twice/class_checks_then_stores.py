# send: POST /upload
# header: Content-Type: application/octet-stream
# body: PNG and so on

class Upload:
    def __init__(self, environ, start_response):
        self.environ = environ
        self.start_response = start_response

    def size(self):
        return int(self.environ.get('CONTENT_LENGTH') or 0)

    def is_picture(self):
        data = self.environ['wsgi.input'].read(self.size())
        return data.startswith(b'PNG')

    def __iter__(self):
        stored = b''
        if self.is_picture():
            stored = self.environ['wsgi.input'].read(self.size())  # <- input-read-twice
        self.start_response('200 OK', [('Content-Type', 'text/plain')])
        yield b'stored %d bytes\n' % len(stored)


application = Upload
