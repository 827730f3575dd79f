# told: The é is there.
"""Lesson 1: an application, as small as it can be."""


def application(environ, start_response):
    start_response('200 OK', [
        ('Content-Type', 'text/plain'),
    ])
    return ['Café\n'.encode('utf-8')]
