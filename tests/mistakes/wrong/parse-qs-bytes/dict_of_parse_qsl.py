# send: POST /login
# body: user=ada&password=secret

import urllib.parse


class Login:
    def __call__(self, environ, start_response):
        size = int(environ.get('CONTENT_LENGTH') or 0)
        fields = dict(urllib.parse.parse_qsl(environ['wsgi.input'].read(size)))
        known = self.is_known(fields)
        start_response('200 OK', [('Content-Type', 'text/plain')])
        yield b'welcome\n' if known else b'who are you?\n'

    def is_known(self, fields):
        return fields['user'] == 'ada'  # <- parse-qs-bytes


app = Login()
