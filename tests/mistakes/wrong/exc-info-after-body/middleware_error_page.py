import sys


class ErrorPage:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        body = None
        try:
            body = self.app(environ, start_response)
            for block in body:
                yield block
        except LookupError:
            headers = [('Content-Type', 'text/plain')]
            start_response('500 Internal Server Error', headers, sys.exc_info())  # <- exc-info-after-body
            yield b'Something went wrong\n'
        finally:
            if hasattr(body, 'close'):
                body.close()


def names(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    people = {1: b'Ada\n', 2: b'Grace\n'}
    for number in (1, 2, 3):
        yield people[number]


application = ErrorPage(names)
