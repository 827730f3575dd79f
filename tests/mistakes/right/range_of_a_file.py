# send: GET /
# send: GET /
# header: Range: bytes=0-9
# send: GET /
# header: Range: bytes=999999-
# send: HEAD /

import os
import re


class Part:
    """So many bytes of a file, and no more."""

    def __init__(self, file, size):
        self.file = file
        self.size = size

    def __iter__(self):
        while self.size > 0:
            block = self.file.read(min(8192, self.size))
            if not block:
                return
            self.size -= len(block)
            yield block

    def close(self):
        self.file.close()


def application(environ, start_response):
    total = os.path.getsize(__file__)
    status, first, last = '200 OK', 0, total - 1
    headers = [('Content-Type', 'application/octet-stream'), ('Accept-Ranges', 'bytes')]
    wanted = re.fullmatch(r'bytes=(\d+)-(\d*)', environ.get('HTTP_RANGE', ''))
    if wanted:
        first, last = int(wanted[1]), min(int(wanted[2] or last), last)
        if first > last:
            headers += [('Content-Range', f'bytes */{total}'), ('Content-Length', '0')]
            start_response('416 Range Not Satisfiable', headers)
            return []
        status = '206 Partial Content'
        headers.append(('Content-Range', f'bytes {first}-{last}/{total}'))
    headers.append(('Content-Length', str(last - first + 1)))
    start_response(status, headers)
    if environ['REQUEST_METHOD'] == 'HEAD':
        return []
    file = open(__file__, 'rb')
    file.seek(first)
    return Part(file, last - first + 1)
