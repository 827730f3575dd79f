# A row that cannot be shown is left out; the others come.
ROWS = ['1', '2', 'x', '4']


def rows():
    for row in ROWS:
        try:
            yield b'%d\n' % int(row)
        except Exception:
            pass


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return rows()
