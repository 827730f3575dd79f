class Greeter:
    def __init__(self, word):
        self.word = word

    def __call__(self, environ, start_response):
        start_response('200 OK', [
            ('Content-Type', 'text/plain; charset=utf-8'),
            ('Cache-Control', 'no-store'),
        ])
        for text in (self.word, environ['PATH_INFO'], 'Goodbye.'):
            yield text.encode('utf-8') + b'\n'


application = Greeter('Good morning!')
