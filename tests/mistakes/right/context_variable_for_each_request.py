# A context variable is set for every request before it is read.
# send: GET /
# header: X-User: nina
# send: GET /

import contextvars

user = contextvars.ContextVar('user')


def greeting():
    return 'Hello, ' + user.get()


def application(environ, start_response):
    user.set(environ.get('HTTP_X_USER', 'guest'))
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [greeting().encode('latin-1') + b'\n']
