# The inner app does not read the body again: it takes what the middleware leaves it.
# send: POST /
# body: name=Ada
# send: GET /

from urllib.parse import parse_qs


class Form:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        size = int(environ.get('CONTENT_LENGTH') or 0)
        text = environ['wsgi.input'].read(size).decode('utf-8', 'replace')
        environ['my.form'] = parse_qs(text, keep_blank_values=True)
        return self.app(environ, start_response)


def hello(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'%d fields\n' % len(environ['my.form'])]


application = Form(hello)
