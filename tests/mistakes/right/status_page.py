# The last paths are kept for everybody, to be shown on a page of their own.
# send: GET /a
# send: GET /b
# send: GET /status

from collections import deque

RECENT = deque(maxlen=5)


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    if environ['PATH_INFO'] == '/status':
        return [path.encode('latin-1') + b'\n' for path in RECENT]
    RECENT.append(environ['PATH_INFO'])
    return [b'noted\n']
