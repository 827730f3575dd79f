# islice() bounds the time of this test; without it the body never ends.
from itertools import islice


def application(environ, start_response):
    source = open(__file__, 'rb')
    start_response('200 OK', [('Content-Type', 'text/x-python; charset=utf-8')])
    blocks = iter(lambda: source.read(512), '')  # <- iter-sentinel-str
    return islice(blocks, 20000)
