# send: GET /
# header: Accept: text/plain; q=0.5

import io
from cgi import parse_header as parse  # <- import-cgi


class Accepts:
    def __init__(self, environ, start_response):
        self.kind, options = parse(environ.get('HTTP_ACCEPT', '*/*'))
        start_response('200 OK', [('Content-Type', 'text/plain')])

    def __iter__(self):
        return io.BytesIO(ascii(self.kind).encode('ascii'))


app = Accepts
