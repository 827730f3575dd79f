# send: POST /order
# body: token=7&drink=tea

from urllib.parse import parse_qs


def read_form(environ):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    text = environ['wsgi.input'].read(size).decode('utf-8', 'replace')  # <- middleware-eats-input
    return parse_qs(text, keep_blank_values=True)


class Token:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        if read_form(environ).get('token') != ['7']:
            start_response('403 Forbidden', [('Content-Type', 'text/plain')])
            return [b'no\n']
        return self.app(environ, start_response)


def order(environ, start_response):
    left = int(environ.get('CONTENT_LENGTH') or 0)
    body = environ['wsgi.input'].read(left)
    start_response('200 OK', [('Content-Type', 'application/octet-stream')])
    yield body


app = Token(order)
