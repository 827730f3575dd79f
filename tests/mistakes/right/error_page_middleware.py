# send: GET /
# send: GET /broken

import sys


class ErrorPage:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        body = None
        begun = False
        try:
            body = self.app(environ, start_response)
            for block in body:
                yield block
                begun = True
        except Exception:
            if begun:
                raise
            headers = [('Content-Type', 'text/plain')]
            start_response('500 Internal Server Error', headers, sys.exc_info())
            yield b'something went wrong\n'
        finally:
            if hasattr(body, 'close'):
                body.close()


def pages(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    if environ['PATH_INFO'] == '/broken':
        raise ValueError('broken')
    yield b'hello\n'


application = ErrorPage(pages)
