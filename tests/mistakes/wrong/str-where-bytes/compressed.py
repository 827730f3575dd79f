# The header must not stand in the first two lines: Python would read
# there that the encoding of this file is gzip.
# send: GET /
# header: Accept-Encoding: gzip

import gzip

POEM = 'The fog comes\non little cat feet.\n' * 4


class Poem:
    def __init__(self, environ, start_response):
        self.start = start_response
        self.small = 'gzip' in environ.get('HTTP_ACCEPT_ENCODING', '')

    def __iter__(self):
        headers = [('Content-Type', 'text/plain; charset=utf-8'), ('Vary', 'Accept-Encoding')]
        if self.small:
            body = gzip.compress(POEM, mtime=0)  # <- str-where-bytes
            headers.append(('Content-Encoding', 'gzip'))
        else:
            body = POEM.encode('utf-8')
        self.start('200 OK', headers)
        yield body


application = Poem
