from collections import deque
from itertools import chain, repeat


def application(environ, start_response):
    last = deque(maxlen=2)
    for number in range(5):
        last.append(b'%d\n' % number)
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return chain([b'the last two:\n'], last, repeat(b'-', 3))
