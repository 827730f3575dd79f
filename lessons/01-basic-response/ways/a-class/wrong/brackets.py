# told: The object was made too early
"""Lesson 1: a class that is an application."""


class Answer:
    """Made anew for each request: the iterable."""

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


application = Answer()
