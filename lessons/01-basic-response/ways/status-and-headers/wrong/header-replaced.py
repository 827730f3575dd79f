# told: Content-Type is gone.
"""Lesson 1: an application, as small as it can be."""


def application(environ, start_response):
    text = 'Café\n'
    start_response('404 Not Found', [
        ('Cache-Control', 'no-store'),
    ])
    return [text.encode('utf-8')]
