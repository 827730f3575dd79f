# send: POST /upload
# header: Content-Type: application/octet-stream
# body: 0123456789abcdef

SIZE = 8192


class Upload:
    def __call__(self, environ, start_response):
        total = 0
        while True:
            block = environ['wsgi.input'].read(SIZE)  # <- input-read-too-much
            if not block:
                break
            total += len(block)
        start_response('200 OK', [('Content-Type', 'text/plain')])
        yield b'%d bytes\n' % total


application = Upload()
