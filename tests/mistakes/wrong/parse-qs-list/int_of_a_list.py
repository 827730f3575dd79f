# send: GET /double?n=21

import urllib.parse


class Double:
    def __init__(self, environ, start_response):
        self.query = urllib.parse.parse_qs(environ.get('QUERY_STRING', ''), keep_blank_values=True)
        self.start = start_response

    def number(self):
        return int(self.query.get('n', '0'))  # <- parse-qs-list

    def __iter__(self):
        double = 2 * self.number()
        self.start('200 OK', [('Content-Type', 'text/plain')])
        yield b'%d\n' % double


app = Double
