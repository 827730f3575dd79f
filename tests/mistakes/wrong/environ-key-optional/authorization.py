# send: GET /
# send: GET /
# header: Authorization: Basic bWlhOmNhdDpkb2c=

import base64

ASK = [
    ('Content-Type', 'text/plain; charset=utf-8'),
    ('WWW-Authenticate', 'Basic realm="diary"'),
]


class Locked:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        given = environ['HTTP_AUTHORIZATION']  # <- environ-key-optional
        if given != 'Basic ' + base64.b64encode(b'mia:cat:dog').decode('ascii'):
            start_response('401 Unauthorized', list(ASK))
            return [b'Who is there?\n']
        return self.app(environ, start_response)


def diary(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'It rained.\n']


application = Locked(diary)
