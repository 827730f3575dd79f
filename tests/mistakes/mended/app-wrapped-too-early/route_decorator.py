class Site:
    def __init__(self):
        self.routes = {}

    def route(self, path):
        def add(view):
            self.routes[path] = view
            return view
        return add

    def __call__(self, environ, start_response):
        view = self.routes.get(environ['PATH_INFO'], lambda: 'no such page\n')
        start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
        return [view().encode('utf-8')]


class Stopwatch:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        return self.app(environ, start_response)


site = Site()


@site.route('/')
def front():
    return 'the front page\n'


site = Stopwatch(site)
application = site
