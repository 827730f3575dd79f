"""A first application."""


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'You asked for ', environ['PATH_INFO'].encode('utf-8')]
