# send: POST /
# body: name=Ada+Lovelace

import io


def no_plus(app):
    def wrapped(environ, start_response):
        size = int(environ.get('CONTENT_LENGTH') or 0)
        body = environ['wsgi.input'].read(size)
        body = body.replace('+', ' ')  # <- body-bytes-split
        environ['wsgi.input'] = io.BytesIO(body)
        return app(environ, start_response)
    return wrapped


@no_plus
def application(environ, start_response):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    body = environ['wsgi.input'].read(size)
    start_response('200 OK', [('Content-Type', 'application/octet-stream')])
    return [body]
