# send: POST /
# header: Content-Type: text/plain
# body: twelve bytes

def size_of(environ):
    return int(environ.get('CONTENT_LENGTH') or 0)


def application(environ, start_response):
    size = size_of(environ)
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'%d bytes\n' % size]
