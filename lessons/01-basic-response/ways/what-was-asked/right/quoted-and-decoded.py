"""Lesson 1: an application, as small as it can be."""


def application(environ, start_response):
    path = environ['PATH_INFO'].encode('latin-1').decode('utf-8')
    text = 'You asked for {}\n'.format(path)
    start_response('200 OK', [
        ('Content-Type', 'text/plain; charset=utf-8'),
        ('Cache-Control', 'no-store'),
    ])
    return [text.encode('utf-8')]
