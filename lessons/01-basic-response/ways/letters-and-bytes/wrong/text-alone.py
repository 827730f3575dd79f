# told: The body is text now.
"""Lesson 1: an application, as small as it can be."""


def application(environ, start_response):
    start_response('200 OK', [
        ('Content-Type', 'text/plain; charset=utf-8'),
    ])
    return 'Café\n'
