class Router:
    def __init__(self):
        self.table = []

    def add(self, path, text):
        self.table.append((path, text))

    def __call__(self, environ, start_response):
        texts = [text for path, text in self.table if path == environ['PATH_INFO']]
        start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
        return texts or [b'nothing\n']


class Limit:
    def __init__(self, app, size):
        self.app = app
        self.size = size

    def __call__(self, environ, start_response):
        if int(environ.get('CONTENT_LENGTH') or 0) > self.size:
            start_response('413 Content Too Large', [('Content-Type', 'text/plain; charset=utf-8')])
            return [b'too large\n']
        return self.app(environ, start_response)


def make():
    app = Router()
    app.add('/', b'a front page\n')
    app.add('/map', b'a map\n')
    return Limit(app, size=1000)


application = make()
