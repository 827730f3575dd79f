# send: POST /upload
# header: Content-Type: application/octet-stream
# body: 0123456789
# chunked
# send: POST /upload
# header: Content-Type: application/octet-stream
# body: 0123456789

def blocks(environ):
    left = int(environ.get('CONTENT_LENGTH') or 0)
    endless = environ.get('wsgi.input_terminated', False)
    while endless or left > 0:
        block = environ['wsgi.input'].read(4096 if endless else min(4096, left))
        if not block:
            break
        left -= len(block)
        yield block


def app(environ, start_response):
    total = sum(map(len, blocks(environ)))
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'%d bytes\n' % total]
