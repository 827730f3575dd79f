# send: POST /
# body: name=Ada
# send: GET /

from urllib.parse import parse_qs


class Form:
    def __init__(self, environ):
        size = int(environ.get('CONTENT_LENGTH') or '0')
        text = environ['wsgi.input'].read(size).decode('utf-8', 'replace')
        self.fields = parse_qs(text, keep_blank_values=True)


def app(environ, start_response):
    form = Form(environ)
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield b'%d fields\n' % len(form.fields)
