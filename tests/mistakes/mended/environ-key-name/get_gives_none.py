# send: GET /
# header: Accept-Language: de-CH

class Hello:
    def __call__(self, environ, start_response):
        german = environ.get('HTTP_ACCEPT_LANGUAGE', '').startswith('de')
        start_response('200 OK', [('Content-Type', 'text/plain')])
        return [b'hallo\n' if german else b'hello\n']


app = Hello()
