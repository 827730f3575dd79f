# send: GET /
# header: X-User: nora

import contextvars

user = contextvars.ContextVar('user')


class Login:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        token = user.set(environ.get('HTTP_X_USER', 'nobody'))
        try:
            return self.app(environ, start_response)
        finally:
            user.reset(token)  # <- context-cleared-early


def letter(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    for word in ('Dear', user.get()):
        yield word.encode('utf-8') + b'\n'


application = Login(letter)
