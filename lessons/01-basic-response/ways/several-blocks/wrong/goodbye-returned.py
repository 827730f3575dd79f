# told: What a generator returns is not sent.
"""Lesson 1: an answer in several blocks."""


class Greeter:
    """Made once; called for each request."""

    def __init__(self, word):
        self.word = word

    def __call__(self, environ, start_response):
        start_response('200 OK', [
            ('Content-Type', 'text/plain; charset=utf-8'),
            ('Cache-Control', 'no-store'),
        ])
        return self.lines(environ['PATH_INFO'])

    def lines(self, path):
        yield f'{self.word}\n'.encode('utf-8')
        yield f'You asked for {path}\n'.encode('utf-8')
        return b'Goodbye.\n'


application = Greeter('Good morning!')
