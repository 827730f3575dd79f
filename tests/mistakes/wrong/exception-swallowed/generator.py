# The body ends where the exception was.
PRICES = ['4.50', '6.20', 'sold out', '3.00']


def rows():
    try:
        for price in PRICES:
            yield b'%.2f francs\n' % float(price)
    except Exception:  # <- exception-swallowed
        return


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return rows()
