def table(rows):
    for row in rows:
        yield b'%d\n' % (100 // row)


def application(environ, start_response):
    headers = [('Content-Type', 'text/plain')]
    start_response('200 OK', headers)
    yield b'Shares\n'
    try:
        yield from table([4, 2, 0])
    except ZeroDivisionError:
        start_response('500 Internal Server Error', headers)  # <- exc-info-after-body
        yield b'There is nobody to share with.\n'
