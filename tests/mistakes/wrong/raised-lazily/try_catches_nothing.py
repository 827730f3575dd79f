PRICES = {'tea': 2, 'coffee': 3}


def price(name):
    return b'%d\n' % PRICES[name]  # <- raised-lazily


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    try:
        return (price(name) for name in ('tea', 'wine'))
    except KeyError:
        return [b'we do not have that\n']
