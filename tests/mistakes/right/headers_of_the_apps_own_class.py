# A class with add() and get(), which hands over a list.
class Fields:
    def __init__(self):
        self.pairs = []

    def add(self, name, value):
        self.pairs.append((name, value))

    def get(self, name):
        return next((value for key, value in self.pairs if key == name), None)


def application(environ, start_response):
    headers = Fields()
    headers.add('Content-Type', 'text/plain; charset=utf-8')
    headers.add('X-Lang', environ.get('HTTP_ACCEPT_LANGUAGE', 'en')[:2])
    start_response('200 OK', headers.pairs)
    return [headers.get('X-Lang').encode('latin-1') + b'\n']
