# told: The answer is still the old text.
"""Lesson 1: an application, as small as it can be."""


def application(environ, start_response):
    text = 'Café\n'
    start_response('200 OK', [
        ('Content-Type', 'text/plain; charset=utf-8'),
    ])
    return [b'Hello, world!\n']
