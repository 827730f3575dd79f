import io


class Sizes:
    """A text, and the length of each piece of it."""

    text = b'first line\nsecond line\n'

    def __init__(self, environ, start_response):
        self.start = start_response

    def pieces(self):
        file, sizes = io.BytesIO(self.text), set()
        piece = file.read(8)
        while piece != b'':
            sizes.add(len(piece))
            piece = file.read(8)
        return sizes

    def __iter__(self):
        body = ascii(sorted(self.pieces())).encode('ascii')
        self.start('200 OK', [('Content-Type', 'text/plain')])
        yield body


app = Sizes
