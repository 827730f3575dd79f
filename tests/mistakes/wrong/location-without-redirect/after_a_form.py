# send: POST /guests
# body: name=Gian
# send: GET /guests

from urllib.parse import parse_qs

GUESTS = []


class Guests:
    def __init__(self, environ, start_response):
        self.environ = environ
        self.start = start_response

    def __iter__(self):
        if self.environ['REQUEST_METHOD'] == 'POST':
            size = int(self.environ.get('CONTENT_LENGTH') or 0)
            fields = parse_qs(self.environ['wsgi.input'].read(size).decode('utf-8', 'replace'))
            GUESTS.extend(fields.get('name', []))
            self.start('200 OK', [('Location', '/guests')])  # <- location-without-redirect
            yield b''
        else:
            self.start('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
            yield b'%d guests\n' % len(GUESTS)


application = Guests
