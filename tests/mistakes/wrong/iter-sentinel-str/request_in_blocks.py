# send: POST /
# header: Content-Type: application/octet-stream
# body: twenty-two small bytes

from itertools import islice


def application(environ, start_response):
    left = [int(environ.get('CONTENT_LENGTH') or 0)]

    def read():
        block = environ['wsgi.input'].read(min(5, left[0])) if left[0] else b''
        left[0] -= len(block)
        return block

    blocks = list(islice(iter(read, ''), 20000))  # <- iter-sentinel-str
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'%d blocks\n' % len(blocks)]
