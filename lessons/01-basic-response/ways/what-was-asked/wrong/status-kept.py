# told: The path is there.
"""Lesson 1: an application, as small as it can be."""


def application(environ, start_response):
    text = f'You asked for {environ["PATH_INFO"]}\n'
    start_response('404 Not Found', [
        ('Content-Type', 'text/plain; charset=utf-8'),
        ('Cache-Control', 'no-store'),
    ])
    return [text.encode('utf-8')]
