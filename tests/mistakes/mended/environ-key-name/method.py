def is_read_only(environ):
    return environ['REQUEST_METHOD'] in ('GET', 'HEAD')


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'%d\n' % is_read_only(environ)]
