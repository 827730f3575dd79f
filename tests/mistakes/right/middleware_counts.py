# send: GET /
# send: GET /
# send: GET /unknown

class Counter:
    def __init__(self, app):
        self.app = app
        self.visits = 0
        self.paths = {}

    def __call__(self, environ, start_response):
        self.visits += 1
        path = environ.get('PATH_INFO', '')
        self.paths[path] = self.paths.get(path, 0) + 1
        environ['counter.visits'] = self.visits
        return self.app(environ, start_response)


def hello(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'visit %d\n' % environ['counter.visits']]


app = Counter(hello)
