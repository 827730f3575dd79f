# told: A list has all its blocks before
"""Lesson 1: an instance that is an application."""


class Greeter:
    """Made once; called for each request."""

    def __init__(self, word):
        self.word = word

    def __call__(self, environ, start_response):
        path = environ['PATH_INFO']
        start_response('200 OK', [
            ('Content-Type', 'text/plain; charset=utf-8'),
            ('Cache-Control', 'no-store'),
        ])
        return [
            f'{self.word}\n'.encode('utf-8'),
            f'You asked for {path}\n'.encode('utf-8'),
            b'Goodbye.\n',
        ]


application = Greeter('Good morning!')
