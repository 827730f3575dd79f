# workers: 2
# send: GET /status
# send: GET /

import os
import time

BEGAN = time.time()
served = 0


def application(environ, start_response):
    global served
    served += 1
    start_response('200 OK', [('Content-Type', 'text/plain')])
    if environ['PATH_INFO'] == '/status':
        return [b'process %d has served %d requests\n' % (os.getpid(), served)]
    return [b'Hello\n']
