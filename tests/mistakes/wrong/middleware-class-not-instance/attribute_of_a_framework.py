class Site:
    """A small framework, whose wsgi may be wrapped."""

    def __init__(self):
        self.pages = {}
        self.wsgi = self.answer

    def answer(self, environ, start_response):
        page = self.pages.get(environ['PATH_INFO'], b'no such page\n')
        start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
        return [page]

    def __call__(self, environ, start_response):
        return self.wsgi(environ, start_response)


class Quiet:
    def __init__(self, app, level=None):
        self.app = app
        self.level = level

    def __call__(self, environ, start_response):
        return self.app(environ, start_response)


app = Site()
app.pages['/'] = b'hello\n'
app.wsgi = Quiet  # <- middleware-class-not-instance
