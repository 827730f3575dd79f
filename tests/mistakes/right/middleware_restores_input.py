# send: POST /
# body: name=Ada

import io
from urllib.parse import parse_qs


def log_body(app):
    def wrapped(environ, start_response):
        size = int(environ.get('CONTENT_LENGTH') or 0)
        body = environ['wsgi.input'].read(size)
        environ['wsgi.errors'].write('%d bytes: %r\n' % (size, body))
        environ['wsgi.input'] = io.BytesIO(body)
        return app(environ, start_response)
    return wrapped


@log_body
def application(environ, start_response):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    form = parse_qs(environ['wsgi.input'].read(size).decode('utf-8', 'replace'))
    name = form.get('name', ['nobody'])[0]
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [name.encode('utf-8')]
