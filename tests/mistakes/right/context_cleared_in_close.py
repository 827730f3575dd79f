import threading

current = threading.local()


class Held:
    def __init__(self, body):
        self.body = body

    def __iter__(self):
        return iter(self.body)

    def close(self):
        del current.path
        if hasattr(self.body, 'close'):
            self.body.close()


def pages(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    yield current.path.encode('latin-1') + b'\n'


def application(environ, start_response):
    current.path = environ['PATH_INFO']
    return Held(pages(environ, start_response))
