# send: POST /
# header: Content-Type: text/plain
# body: nine small words in a body of few bytes

def size(stream):
    total = 0
    while True:
        total += len(stream.read(16))  # <- read-without-end
    return total


def application(environ, start_response):
    body = b'%d bytes' % size(environ['wsgi.input'])
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [body]
