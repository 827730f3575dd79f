class Polite:
    def __init__(self, word):
        self.word = word


class Greeter(Polite):
    def __call__(self, environ, start_response):
        text = '{} {}\n'.format(self.word, environ['PATH_INFO'])
        body = text.encode('utf-8')
        start_response('200 OK', [
            ('Content-Type', 'text/plain; charset=utf-8'),
            ('Content-Length', str(len(body))),
        ])
        return (body,)


application = Greeter('Good morning!')
