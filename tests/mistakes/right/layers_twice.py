# Two layers of one class, one inside the other, and the page once.
class Layer:
    def __init__(self, app, name):
        self.app = app
        self.name = name

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            return start_response(status, headers + [('X-Layer', self.name)], exc_info)
        return self.app(environ, start)


def page(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'page\n']


application = Layer(Layer(page, 'inner'), 'outer')
