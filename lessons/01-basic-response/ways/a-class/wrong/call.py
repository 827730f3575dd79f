# told: That is an object already.
"""Lesson 1: a class that is an application."""


class Answer:
    def __call__(self, environ, start_response):
        path = environ['PATH_INFO']
        start_response('200 OK', [
            ('Content-Type', 'text/plain; charset=utf-8'),
            ('Cache-Control', 'no-store'),
        ])
        return [f'You asked for {path}\n'.encode('utf-8')]


application = Answer()
