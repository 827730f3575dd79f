# send: POST /
# header: Content-Type: text/plain
# body: twelve bytes

import os


def size_of(stream):
    stream.seek(0, os.SEEK_END)  # <- input-is-a-stream
    size = stream.tell()
    stream.seek(0)
    return size


def application(environ, start_response):
    size = size_of(environ['wsgi.input'])
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'%d bytes\n' % size]
