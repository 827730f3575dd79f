# told: The function is still called.
"""Lesson 1: an application, as small as it can be."""


def application(environ, start_response):
    path = environ['PATH_INFO']
    text = f'You asked for {path}\n'
    start_response('200 OK', [
        ('Content-Type', 'text/plain; charset=utf-8'),
        ('Cache-Control', 'no-store'),
    ])
    return [text.encode('utf-8')]


class Answer:
    def __init__(self, environ, start_response):
        self.environ = environ
        self.start_response = start_response

    def __iter__(self):
        path = self.environ['PATH_INFO']
        text = f'You asked for {path}\n'
        self.start_response('200 OK', [
            ('Content-Type', 'text/plain; charset=utf-8'),
            ('Cache-Control', 'no-store'),
        ])
        yield text.encode('utf-8')
