# islice() bounds the time of this test; without it the body never ends.
import io
from functools import partial
from itertools import islice


class Pieces:
    def __init__(self, file, size):
        self.file = file
        self.size = size

    def __iter__(self):
        pieces = iter(partial(self.file.read, self.size), '')  # <- iter-sentinel-str
        return islice(pieces, 20000)

    def close(self):
        self.file.close()


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return Pieces(io.BytesIO(b'in pieces of four\n'), 4)
