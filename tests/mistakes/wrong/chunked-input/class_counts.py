# send: POST /upload
# header: Content-Type: application/octet-stream
# body: 0123456789\x00\xff
# chunked

class Upload:
    def __init__(self, environ, start_response):
        self.environ = environ
        self.start_response = start_response

    def left(self):
        try:
            return int(self.environ['CONTENT_LENGTH'])  # <- chunked-input
        except (KeyError, ValueError):
            return 0

    def __iter__(self):
        total, left = 0, self.left()
        while left > 0:
            block = self.environ['wsgi.input'].read(min(left, 4))
            if not block:
                break
            total += len(block)
            left -= len(block)
        self.start_response('200 OK', [('Content-Type', 'text/plain')])
        yield b'%d bytes\n' % total


app = Upload
