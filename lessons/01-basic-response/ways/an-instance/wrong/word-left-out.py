# told: The path is there, and the word is not
"""Lesson 1: an instance that is an application."""


class Greeter:
    """Made once; called for each request."""

    def __init__(self, word):
        self.word = word

    def __call__(self, environ, start_response):
        path = environ['PATH_INFO']
        text = f'You asked for {path}\n'
        start_response('200 OK', [
            ('Content-Type', 'text/plain; charset=utf-8'),
            ('Cache-Control', 'no-store'),
        ])
        return [text.encode('utf-8')]


application = Greeter('Good morning!')
