# send: POST /
# body: name=Ren%C3%A9

import io


class Lower:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        size = int(environ.get('CONTENT_LENGTH') or 0)
        body = environ['wsgi.input'].read(size).lower() + b'&lower=yes'
        new = dict(environ, CONTENT_LENGTH=str(len(body)))
        new['wsgi.input'] = io.BytesIO(body)
        return self.app(new, start_response)


def show(environ, start_response):
    body = environ['wsgi.input'].read(int(environ.get('CONTENT_LENGTH') or 0))
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [body, b'\n']


application = Lower(show)
