# send: GET /empty
# send: GET /full

BASKETS = {'/empty': [], '/full': [('pears', 4), ('figs', 12)]}


def lines(basket):
    if not basket:
        message = b'Your basket is empty.\n'
        yield message
    for fruit, number in basket:
        yield b'%d %s\n' % (number, fruit.encode('utf-8'))


def application(environ, start_response):
    body = lines(BASKETS.get(environ['PATH_INFO'], []))
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return body
