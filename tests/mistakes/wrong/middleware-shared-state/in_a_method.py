# send: GET /?lang=de

from urllib.parse import parse_qs


class Languages:
    words = {'en': b'hello\n', 'de': b'hallo\n'}

    def __call__(self, environ, start_response):
        self.choose(environ)
        start_response('200 OK', [('Content-Type', 'text/plain')])
        yield self.words.get(self.language, b'?\n')

    def choose(self, environ):
        query = parse_qs(environ.get('QUERY_STRING', ''))
        self.language = query.get('lang', ['en'])[0]  # <- middleware-shared-state


application = Languages()
