# send: POST /
# header: Content-Type: text/csv
# body: 1;2\n3;4\n

def blocks(stream):
    return iter(lambda: stream.read(512), b'')  # <- input-read-too-much


def application(environ, start_response):
    size = sum(len(block) for block in blocks(environ['wsgi.input']))
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'%d\n' % size]
