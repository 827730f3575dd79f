class Layer:
    def __init__(self, app, *options):
        self.app = app
        self.options = options

    def __call__(self, environ, start_response):
        environ['site.layers'] = environ.get('site.layers', 0) + 1
        return self.app(environ, start_response)


class Outer(Layer):
    pass


def core(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'%d layers\n' % environ['site.layers']]


def build():
    inner = Layer(core)
    return Outer  # <- middleware-class-not-instance


application = build()
