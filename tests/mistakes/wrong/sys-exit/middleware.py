import sys


def check(environ):
    return environ.get('HTTP_ACCEPT_LANGUAGE', 'en').startswith('en')


class English:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        if not check(environ) or environ['REQUEST_METHOD'] != 'POST':
            sys.exit('only POST, and only in English')  # <- sys-exit
        return self.app(environ, start_response)


def hello(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'hello\n']


application = English(hello)
