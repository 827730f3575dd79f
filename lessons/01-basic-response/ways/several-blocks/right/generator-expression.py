class Greeter:
    def __init__(self, word):
        self.word = word

    def __call__(self, environ, start_response):
        lines = [self.word, environ['PATH_INFO'], 'See you', 'soon']
        start_response('200 OK', [
            ('Content-Type', 'text/plain; charset=utf-8'),
        ])
        return (f'{line}\n'.encode('utf-8') for line in lines)


application = Greeter('Good morning!')
