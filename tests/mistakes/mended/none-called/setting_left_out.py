# A generator: the exception comes with the first block.
# send: GET /

SETTINGS = {'title': 'Prices', 'format': None}
PRICES = {'tea': 350, 'cake': 620}


def francs(cents):
    return '%d.%02d' % divmod(cents, 100)


def application(environ, start_response):
    write = SETTINGS['format'] or francs
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    for name, cents in PRICES.items():
        yield f'{name}: {write(cents)}\n'.encode('utf-8')
