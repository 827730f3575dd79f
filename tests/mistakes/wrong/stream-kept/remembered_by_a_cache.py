# The lines of both requests are written with what the cache remembers of the first one.
# send: GET /
# send: GET /

import functools

SHOWN = []


@functools.lru_cache(maxsize=None)
def reporter(prefix):
    stream = SHOWN[-1]['wsgi.errors']  # <- stream-kept
    return lambda words: stream.write(f'{prefix}: {words}\n')


def application(environ, start_response):
    SHOWN[:] = [environ]
    try:
        reporter('weather')('asked')
        start_response('200 OK', [('Content-Type', 'text/plain')])
        return [b'Sunny.\n']
    finally:
        environ['wsgi.errors'].flush()
