# send: GET /
# send: GET /

import threading

LOCK = threading.Lock()
VISITS = []


def application(environ, start_response):
    with LOCK:
        VISITS.append(environ.get('REMOTE_ADDR', ''))
        number = len(VISITS)
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'visit %d\n' % number]
