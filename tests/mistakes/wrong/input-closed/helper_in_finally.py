# send: POST /upload
# header: Content-Type: application/octet-stream
# body: 0123456789

def slurp(stream, size):
    try:
        return stream.read(size)
    finally:
        stream.close()  # <- input-closed


class Upload:
    def __init__(self, environ, start_response):
        size = int(environ.get('CONTENT_LENGTH') or 0)
        self.data = slurp(environ['wsgi.input'], size)
        start_response('200 OK', [('Content-Type', 'text/plain')])

    def __iter__(self):
        yield b'%d bytes\n' % len(self.data)


app = Upload
