# send: GET /
# send: OPTIONS /

class Shelf:
    def __init__(self):
        self.books = [b'Atlas', b'Cookbook']
        self.actions = {'GET': self.titles, 'HEAD': self.titles, 'DELETE': self.clear}

    def titles(self):
        return b', '.join(self.books)

    def clear(self):
        self.books = []
        return b'nothing left'

    def __call__(self, environ, start_response):
        action = self.actions[environ['REQUEST_METHOD']]  # <- raised-before-start
        text = action()
        start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
        return [text + b'\n']


application = Shelf()
