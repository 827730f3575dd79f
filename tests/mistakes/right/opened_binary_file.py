# send: GET /
# send: GET /again

import os


def application(environ, start_response):
    file = open(__file__, 'rb')
    size = os.fstat(file.fileno()).st_size
    start_response('200 OK', [('Content-Type', 'text/x-python'), ('Content-Length', str(size))])
    return file
