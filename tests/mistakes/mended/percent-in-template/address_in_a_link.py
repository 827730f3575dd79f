# send: GET /

LINK = '<a href="/caf%%C3%%A9?table=%d">Table %d</a>'


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    links = [LINK % (number, number) for number in (1, 2)]
    return [link.encode('ascii') for link in links]
