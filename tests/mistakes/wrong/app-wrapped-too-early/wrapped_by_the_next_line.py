import functools


class Api:
    def __init__(self):
        self.handlers = {}

    def get(self, function):
        self.handlers[function.__name__] = function
        return function

    def __call__(self, environ, start_response):
        name = environ['PATH_INFO'].strip('/') or 'index'
        start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
        return [self.handlers.get(name, lambda: b'?\n')()]


def with_header(api, name, value):
    @functools.wraps(api, updated=())
    def call(environ, start_response):
        def start(status, headers, exc_info=None):
            return start_response(status, headers + [(name, value)], exc_info)
        return api(environ, start)
    return call


api = with_header(Api(), 'X-Api', '1')  # <- app-wrapped-too-early


@api.get
def index():
    return b'ready\n'


application = api
