# The body ends where the exception was.
PRICES = ['4.50', '6.20', 'sold out', '3.00']


def rows():
    for price in PRICES:
        try:
            row = b'%.2f francs\n' % float(price)
        except ValueError:
            row = price.encode('utf-8') + b'\n'
        yield row


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return rows()
