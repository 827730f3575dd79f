# Here the server is meant to call the class: its instances are iterables.
class Page:
    def __init__(self, environ, start_response):
        start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
        self.path = environ['PATH_INFO']

    def __iter__(self):
        yield self.path.encode('latin-1') + b'\n'


application = Page
