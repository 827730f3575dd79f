# told: start_response is not called.
"""Lesson 1: a class that is an application."""


class Answer:
    def __init__(self, environ, start_response):
        self.environ = environ

    def __iter__(self):
        path = self.environ['PATH_INFO']
        yield f'You asked for {path}\n'.encode('utf-8')


application = Answer
