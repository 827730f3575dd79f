# The middleware keeps the body and says that there is none any more.
# send: POST /
# body: secret=42

import io
from urllib.parse import parse_qs


def parsed(app):
    def call(environ, start_response):
        body = environ['wsgi.input'].read(int(environ.get('CONTENT_LENGTH') or 0))
        environ['form.fields'] = parse_qs(body.decode('utf-8', 'replace'))
        environ['wsgi.input'] = io.BytesIO()
        environ['CONTENT_LENGTH'] = '0'
        return app(environ, start_response)
    return call


@parsed
def application(environ, start_response):
    left = environ['wsgi.input'].read(int(environ.get('CONTENT_LENGTH') or 0))
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'%d fields, %d bytes left\n' % (len(environ['form.fields']), len(left))]
