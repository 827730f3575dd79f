# workers: 2
# send: GET /?n=30
# send: GET /?n=30

import functools
from urllib.parse import parse_qs

PAGES = {}
calls = 0


@functools.lru_cache(maxsize=100)
def fibonacci(n):
    one, two = 0, 1
    for _ in range(n):
        one, two = two, one + two
    return one


def application(environ, start_response):
    global calls
    calls += 1
    n = int(parse_qs(environ['QUERY_STRING'])['n'][0])
    if n not in PAGES:
        PAGES[n] = b'%d\n' % fibonacci(n)
    print('call', calls, file=environ['wsgi.errors'])
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [PAGES[n]]
