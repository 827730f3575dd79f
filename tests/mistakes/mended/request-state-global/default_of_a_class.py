# send: GET /?town=Paris
# send: GET /
from urllib.parse import parse_qs


class Search:
    def __init__(self, environ, start_response, found=None):
        if found is None:
            found = {}
        for pair in environ['QUERY_STRING'].split('&'):
            if pair.startswith('town='):
                found['town'] = parse_qs(pair)['town'][0]
        self.found = found
        self.start = start_response

    def __iter__(self):
        body = ' '.join(self.found.values()).encode('utf-8')
        self.start('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
        yield body or b'Everywhere'


app = Search
