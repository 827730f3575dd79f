# send: POST /
# header: Content-Type: application/octet-stream
# body: \x00\x01\xff

import os
import tempfile

FOLDER = tempfile.mkdtemp(prefix='logs-')


def application(environ, start_response):
    data = environ['wsgi.input'].read(int(environ.get('CONTENT_LENGTH') or 0))
    with open(os.path.join(FOLDER, 'data.bin'), 'wb') as target:
        target.write(data)
    with open(os.path.join(FOLDER, 'log.txt'), 'w') as log:
        log.write(data.hex() + '\n')
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'%d bytes\n' % len(data)]
