# told: The path /
"""Lesson 1: an application, as small as it can be."""


def application(environ, start_response):
    text = 'You asked for /tea\n'
    start_response('200 OK', [
        ('Content-Type', 'text/plain; charset=utf-8'),
        ('Cache-Control', 'no-store'),
    ])
    return [text.encode('utf-8')]
