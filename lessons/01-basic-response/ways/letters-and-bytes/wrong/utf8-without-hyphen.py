# told: The name has a hyphen: charset=utf-8.
"""Lesson 1: an application, as small as it can be."""


def application(environ, start_response):
    start_response('200 OK', [
        ('Content-Type', 'text/plain; charset=utf8'),
    ])
    return ['Café\n'.encode('utf-8')]
