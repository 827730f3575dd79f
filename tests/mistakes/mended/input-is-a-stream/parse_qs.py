# send: POST /vote
# body: for=blue

from urllib.parse import parse_qs


class Vote:
    counts = {'blue': 0, 'red': 0}

    def __call__(self, environ, start_response):
        choice = self.form(environ).get('for', [''])[0]
        start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
        return [b'counted\n' if choice in self.counts else b'for whom?\n']

    def form(self, environ):
        size = int(environ.get('CONTENT_LENGTH') or 0)
        return parse_qs(environ['wsgi.input'].read(size).decode('utf-8', 'replace'))


application = Vote()
