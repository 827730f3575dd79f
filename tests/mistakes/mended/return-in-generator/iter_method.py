# send: GET /?full=yes
# send: GET /

class Menu:
    def __init__(self, environ, start_response):
        self.full = environ.get('QUERY_STRING') == 'full=yes'
        start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])

    def __iter__(self):
        if not self.full:
            yield b'Soup, 5 francs\n'
        else:
            yield from [b'Soup, 5 francs\n', b'Fish, 19 francs\n']


application = Menu
