# send: POST /order
# body: drink=tea&remark=

import urllib.parse


class Order:
    def __init__(self, environ, start_response):
        size = int(environ.get('CONTENT_LENGTH') or 0)
        text = environ['wsgi.input'].read(size).decode('utf-8', 'replace')
        self.form = urllib.parse.parse_qs(text)
        self.start_response = start_response

    def field(self, name):
        return self.form[name][0]  # <- parse-qs-blank

    def __iter__(self):
        lines = [self.field('drink'), self.field('remark')]
        self.start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
        yield '\n'.join(lines).encode('utf-8')


application = Order
