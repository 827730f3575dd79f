from functools import partial


def application(environ, start_response):
    file = open(__file__, 'rb')
    start_response('200 OK', [('Content-Type', 'text/x-python; charset=utf-8')])
    return iter(partial(file.read, 256), b'')
