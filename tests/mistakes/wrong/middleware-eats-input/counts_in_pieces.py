# send: POST /upload
# header: Content-Type: application/octet-stream
# body: 0123456789\x00\xff0123456789

class Limit:
    def __init__(self, app, limit):
        self.app = app
        self.limit = limit

    def __call__(self, environ, start_response):
        left = int(environ.get('CONTENT_LENGTH') or 0)
        total = 0
        while left > 0:
            piece = environ['wsgi.input'].read(min(left, 4096))  # <- middleware-eats-input
            if not piece:
                break
            left -= len(piece)
            total += len(piece)
        if total > self.limit:
            start_response('413 Too Large', [('Content-Type', 'text/plain')])
            return [b'too large\n']
        return self.app(environ, start_response)


def upload(environ, start_response):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    data = environ['wsgi.input'].read(size)
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'stored %d bytes\n' % len(data)]


application = Limit(upload, 1000)
