# The wrapper has what the application has: route() goes on to it.
class Site:
    def __init__(self):
        self.routes = {}

    def route(self, path):
        return lambda view: self.routes.setdefault(path, view)

    def __call__(self, environ, start_response):
        start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
        return [self.routes.get(environ['PATH_INFO'], lambda: b'nothing\n')()]


class Transparent:
    def __init__(self, app):
        self.app = app

    def __getattr__(self, name):
        return getattr(self.app, name)

    def __call__(self, environ, start_response):
        return self.app(environ, start_response)


app = Transparent(Site())


@app.route('/')
def front():
    return b'front\n'
