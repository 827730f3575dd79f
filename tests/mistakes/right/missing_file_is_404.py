# send: GET /nothing.txt

import os
import tempfile

FOLDER = tempfile.mkdtemp()


def application(environ, start_response):
    name = os.path.basename(environ['PATH_INFO'])
    try:
        file = open(os.path.join(FOLDER, name), 'rb')
    except OSError:
        start_response('404 Not Found', [('Content-Type', 'text/plain; charset=utf-8')])
        return [b'there is no such file\n']
    start_response('200 OK', [('Content-Type', 'application/octet-stream')])
    return file
