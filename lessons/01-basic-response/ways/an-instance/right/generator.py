class Greeter:
    def __init__(self, word='Good morning!'):
        self.word = word

    def __call__(self, environ, start_response):
        start_response('200 OK', [
            ('Content-Type', 'text/plain; charset=utf-8'),
        ])
        yield self.word.encode('utf-8') + b'\n'
        yield ('You asked for ' + environ['PATH_INFO']).encode('utf-8')


application = Greeter()
