# What reads the body is no application itself, and the middleware put it back.
# send: POST /greet
# body: name=Ada

import io
from urllib.parse import parse_qs


def form(environ):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    return parse_qs(environ['wsgi.input'].read(size).decode('utf-8', 'replace'))


class Site:
    def __call__(self, *call):
        return self.answer(*call)

    def answer(self, request, reply):
        text = 'hello %s\n' % form(request).get('name', ['nobody'])[0]
        reply('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
        return [text.encode('utf-8')]


class Sizes:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        body = environ['wsgi.input'].read(int(environ.get('CONTENT_LENGTH') or 0))
        environ['wsgi.input'] = io.BytesIO(body)
        environ['wsgi.errors'].write('%d bytes\n' % len(body))
        return self.app(environ, start_response)


application = Sizes(Site())
