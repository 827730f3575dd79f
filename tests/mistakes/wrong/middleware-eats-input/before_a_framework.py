# What reads the body is no application itself, but what an application calls.
# send: POST /greet
# body: name=Ada

from urllib.parse import parse_qs


def form(environ):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    return parse_qs(environ['wsgi.input'].read(size).decode('utf-8', 'replace'))


class Site:
    """A small framework: its views get a form."""

    def __init__(self):
        self.views = {}

    def __call__(self, *call):
        return self.answer(*call)

    def answer(self, request, reply):
        text = self.views[request['PATH_INFO']](form(request))
        reply('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
        return [text.encode('utf-8')]


class Sizes:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        body = environ['wsgi.input'].read(int(environ.get('CONTENT_LENGTH') or 0))  # <- middleware-eats-input
        environ['wsgi.errors'].write('%d bytes\n' % len(body))
        return self.app(environ, start_response)


site = Site()
site.views['/greet'] = lambda fields: 'hello %s\n' % fields.get('name', ['nobody'])[0]
application = Sizes(site)
