# send: GET /

import hmac
import hashlib


class Signed:
    def __init__(self, app, key):
        self.app = app
        self.key = key

    def __call__(self, environ, start_response):
        path = environ['PATH_INFO'].encode('latin-1')
        code = hmac.new(self.key.encode('utf-8'), path, hashlib.sha256).hexdigest()

        def start(status, headers, exc_info=None):
            return start_response(status, headers + [('X-Signature', code[:16])], exc_info)

        return self.app(environ, start)


def letter(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'Dear Paul\n']


application = Signed(letter, 'not so secret')
