# send: POST /
# body: a=1;b=2
# send: GET /

import io


def with_ampersands(app):
    def call(environ, start_response):
        body = environ['wsgi.input'].read(int(environ.get('CONTENT_LENGTH') or 0))
        environ['wsgi.input'] = io.BytesIO(body.replace(b';', b'&'))
        return app(environ, start_response)
    return call


@with_ampersands
def application(environ, start_response):
    body = environ['wsgi.input'].read(int(environ.get('CONTENT_LENGTH') or 0))
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [body, b'\n']
