# send: GET /?user=ada
# send: GET /?user=grace

import threading
from urllib.parse import parse_qs

local = threading.local()


class WithUser:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        query = parse_qs(environ.get('QUERY_STRING', ''))
        local.user = query.get('user', ['nobody'])[0]
        return self.app(environ, start_response)


def hello(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return ['hello, {}\n'.format(local.user).encode('utf-8')]


application = WithUser(hello)
