# send: GET /
# send: GET /
# header: Range: bytes=2-5
# send: GET /
# header: Range: bytes=99-

import re

DATA = b'0123456789'


def application(environ, start_response):
    match = re.fullmatch(r'bytes=(\d+)-(\d*)', environ.get('HTTP_RANGE', ''))
    headers = [('Content-Type', 'application/octet-stream'), ('Accept-Ranges', 'bytes')]
    if not match:
        start_response('200 OK', headers + [('Content-Length', str(len(DATA)))])
        return [DATA]
    first = int(match[1])
    last = min(int(match[2] or len(DATA)), len(DATA) - 1)
    if first > last:
        headers.append(('Content-Range', 'bytes */%d' % len(DATA)))
        start_response('416 Range Not Satisfiable', headers + [('Content-Length', '0')])
        return []
    part = DATA[first:last + 1]
    headers.append(('Content-Range', 'bytes %d-%d/%d' % (first, last, len(DATA))))
    start_response('206 Partial Content', headers + [('Content-Length', str(len(part)))])
    return [part]
