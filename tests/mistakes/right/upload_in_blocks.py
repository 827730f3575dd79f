# send: POST /upload
# header: Content-Type: application/octet-stream
# body: 0123456789\x00\xff0123456789
# send: POST /upload

def application(environ, start_response):
    left = int(environ.get('CONTENT_LENGTH') or 0)
    total = 0
    while left > 0:
        block = environ['wsgi.input'].read(min(8192, left))
        if not block:
            break
        total += len(block)
        left -= len(block)
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'%d bytes\n' % total]
