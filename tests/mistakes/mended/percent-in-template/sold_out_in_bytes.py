# send: GET /

SEATS = {b'stalls': 40, b'balcony': 100}


class Seats:
    """Each line is a block of bytes of its own."""

    def __init__(self, environ, start_response):
        start_response('200 OK', [('Content-Type', 'text/plain')])

    def __iter__(self):
        for part, taken in sorted(SEATS.items()):
            yield b'%s: %d%%\n' % (part, taken)


application = Seats
