# islice() bounds the time of this test; without it the body never ends.
import io
from itertools import islice


def application(environ, start_response):
    source = io.BytesIO(b'from a to b\n' * 99)
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    blocks = iter(lambda: source.read(512), b'')
    return islice(blocks, 20000)
