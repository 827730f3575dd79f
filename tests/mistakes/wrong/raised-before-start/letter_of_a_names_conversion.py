# send: GET /

LINES = ['<h1>%(shop)</h1>', '<p>Open from %(hour)d</p>']
SHOP = {'shop': 'Lamps', 'hour': 9}


def application(environ, start_response):
    page = ''.join(LINES) % SHOP  # <- raised-before-start
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [page.encode('utf-8')]
