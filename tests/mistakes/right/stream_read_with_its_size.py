# wsgi.input is handed to a reader that knows the size.
# send: POST /
# header: Content-Type: application/json
# body: {"a": [1, 2]}

import io
import json


class Part(io.RawIOBase):
    def __init__(self, stream, size):
        self.stream = stream
        self.left = size

    def readable(self):
        return True

    def readinto(self, buffer):
        data = self.stream.read(min(len(buffer), self.left))
        self.left -= len(data)
        buffer[:len(data)] = data
        return len(data)


def application(environ, start_response):
    part = Part(environ['wsgi.input'], int(environ.get('CONTENT_LENGTH') or 0))
    data = json.load(io.TextIOWrapper(io.BufferedReader(part), encoding='utf-8')) if part.left else {}
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'%d\n' % len(data.get('a', []))]
