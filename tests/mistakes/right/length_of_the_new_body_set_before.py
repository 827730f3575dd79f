# The length is set in another function than the body.
# send: POST /
# body: a=1

import io


def put(environ, body):
    environ['wsgi.input'] = io.BytesIO(body)


def more(app):
    def call(environ, start_response):
        body = environ['wsgi.input'].read(int(environ.get('CONTENT_LENGTH') or 0)) + b'&b=2'
        environ['CONTENT_LENGTH'] = str(len(body))
        put(environ, body)
        return app(environ, start_response)
    return call


@more
def application(environ, start_response):
    body = environ['wsgi.input'].read(int(environ.get('CONTENT_LENGTH') or 0))
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [body, b'\n']
