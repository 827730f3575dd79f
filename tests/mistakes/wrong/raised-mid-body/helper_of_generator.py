MENU = [('tea', 2), ('coffee', 3), ('water', None)]


def lines():
    for name, price in MENU:
        yield name + ': ' + '%d.00\n' % price  # <- raised-mid-body


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    for line in lines():
        yield line.encode('ascii')
