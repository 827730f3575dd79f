# send: PUT /upload
# header: Content-Type: text/plain
# body: the quick brown fox jumps over the lazy dog

import hashlib


class Upload:
    def __init__(self, environ, start_response):
        self.input = environ['wsgi.input']
        self.left = int(environ.get('CONTENT_LENGTH') or 0)
        self.start_response = start_response

    def blocks(self):
        while self.left:
            block = self.input.read(min(8, self.left))
            if not block:
                break
            self.left -= len(block)
            yield block

    def __iter__(self):
        digest = hashlib.sha256()
        for block in self.blocks():
            digest.update(block)
        self.start_response('200 OK', [('Content-Type', 'text/plain')])
        yield digest.hexdigest().encode('ascii')


app = Upload
