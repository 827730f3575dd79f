"""Lesson 1: the same answer from three kinds of callable."""

STATUS = '200 OK'
HEADERS = [('Content-Type', 'text/plain; charset=utf-8')]


def hello(environ, start_response):
    """A function: called once for each request."""
    start_response(STATUS, list(HEADERS))
    return [b'Hello from a function!\n']


class Hello:
    """A class: calling it makes an object, the iterable."""

    def __init__(self, environ, start_response):
        self.start_response = start_response

    def __iter__(self):
        self.start_response(STATUS, list(HEADERS))
        yield b'Hello from a class!\n'


class Greeter:
    """An instance: it keeps its word between requests."""

    def __init__(self, word):
        self.word = word

    def __call__(self, environ, start_response):
        start_response(STATUS, list(HEADERS))
        text = f'{self.word} from an instance!\n'
        return [text.encode('utf-8')]


# The server calls whatever has this name. Try Hello, or
# Greeter('Good morning'), save the file and send again.
application = hello
