# send: GET /contact

class Site:
    def __init__(self):
        self.routes = {'': self.home, 'contact': self.contact}

    def __call__(self, environ, start_response):
        page = self.routes.get(environ['PATH_INFO'], self.missing)  # <- path-no-slash
        status, text = page()
        start_response(status, [('Content-Type', 'text/plain')])
        yield text

    def home(self):
        return '200 OK', b'home\n'

    def contact(self):
        return '200 OK', b'write to us\n'

    def missing(self):
        return '404 Not Found', b'no such page\n'


app = Site()
