# send: GET /?x=1
# send: POST /
# body: a=1&b=2

from urllib.parse import parse_qs


class Request:
    """One for each request, so that it may keep what belongs to it."""

    def __init__(self, environ):
        self.environ = environ
        self.form = {}

    def parse(self):
        size = int(self.environ.get('CONTENT_LENGTH') or 0)
        text = self.environ['wsgi.input'].read(size).decode('utf-8', 'replace')
        self.form = parse_qs(text, keep_blank_values=True)
        self.method = self.environ['REQUEST_METHOD']


class Site:
    def __call__(self, environ, start_response):
        request = Request(environ)
        request.parse()
        start_response('200 OK', [('Content-Type', 'text/plain')])
        return [b'%s, %d fields\n' % (request.method.encode('ascii'), len(request.form))]


application = Site()
