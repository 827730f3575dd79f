"""Lesson 1: an application, as small as it can be."""


def application(environ, start_response):
    start_response('200 OK', [
        ('Content-Type', 'text/html; charset=UTF-8'),
    ])
    return [b'<p>Caf\xc3\xa9</p>\n']
