# send: GET /
# send: GET /broken

import sys


class ServedBy:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            return start_response(status, headers + [('X-Served-By', 'me')], exc_info)

        return self.app(environ, start)


def pages(environ, start_response):
    try:
        start_response('200 OK', [('Content-Type', 'text/plain')])
        if environ['PATH_INFO'] == '/broken':
            raise ValueError('broken')
        return [b'hello\n']
    except ValueError:
        start_response('500 Internal Server Error', [('Content-Type', 'text/plain')], sys.exc_info())
        return [b'sorry\n']


application = ServedBy(pages)
