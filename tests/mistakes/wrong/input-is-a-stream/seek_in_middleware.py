# send: POST /
# body: stars=5


class Audit:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        stream = environ['wsgi.input']
        body = stream.read(int(environ.get('CONTENT_LENGTH') or 0))
        environ['wsgi.errors'].write('%d bytes\n' % len(body))
        stream.seek(0)  # <- input-is-a-stream
        return self.app(environ, start_response)


def rating(environ, start_response):
    body = environ['wsgi.input'].read(int(environ.get('CONTENT_LENGTH') or 0))
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'you gave ' + body + b'\n']


application = Audit(rating)
