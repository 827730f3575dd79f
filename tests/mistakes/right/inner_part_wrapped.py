# Only the inside is wrapped, and the name stays the framework's.
class Site:
    def __init__(self):
        self.routes = {}
        self.inner = self.answer

    def route(self, path):
        return lambda view: self.routes.setdefault(path, view)

    def answer(self, environ, start_response):
        start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
        return [self.routes.get(environ['PATH_INFO'], lambda: b'nothing\n')()]

    def __call__(self, environ, start_response):
        return self.inner(environ, start_response)


def counted(app):
    def call(environ, start_response):
        environ['counted'] = '1'
        return app(environ, start_response)
    return call


app = Site()
app.inner = counted(app.inner)


@app.route('/')
def front():
    return b'front\n'
