"""Lesson 1: an application, as small as it can be."""

HEADERS = [
    ('Cache-Control', 'no-store'),
    ('Content-Type', 'text/html; charset=utf-8'),
]


def application(environ, start_response):
    start_response('404 Not Found', list(HEADERS))
    return ['<p>Café</p>\n'.encode()]
