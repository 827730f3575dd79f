# send: GET /?name=Ada+Lovelace

class Greeting:
    def __init__(self, environ, start_response):
        self.query = environ.get('QUERY_STRING', '')
        self.start_response = start_response

    def name(self):
        return self.query.split('=')[-1]  # <- query-split-by-hand

    def __iter__(self):
        self.start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
        yield 'Hello, {}!'.format(self.name()).encode('utf-8')


app = Greeting
