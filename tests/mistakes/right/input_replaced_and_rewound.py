# send: POST /
# body: size=small

import io


class Checked:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        size = int(environ.get('CONTENT_LENGTH') or 0)
        copy = io.BytesIO(environ['wsgi.input'].read(size))
        environ['wsgi.input'] = copy
        if b'size=' not in copy.read():
            environ['wsgi.errors'].write('no size\n')
        environ['wsgi.input'].seek(0)
        return self.app(environ, start_response)


def shop(environ, start_response):
    body = environ['wsgi.input'].read(int(environ.get('CONTENT_LENGTH') or 0))
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [body + b'\n']


application = Checked(shop)
