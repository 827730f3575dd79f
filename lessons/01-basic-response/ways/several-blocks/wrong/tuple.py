# told: A tuple has all its blocks at once
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
        return (
            self.word.encode('utf-8'),
            path.encode('utf-8'),
            b'Goodbye.\n',
        )


application = Greeter('Good morning!')
