from contextlib import ExitStack


def leaf(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return open(__file__, 'rb')


class Halved:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        with ExitStack() as stack:
            body = self.app(environ, start_response)
            if hasattr(body, 'close'):
                stack.callback(body.close)
            for number, line in enumerate(body):
                if number % 2 == 0:
                    yield line


application = Halved(leaf)
