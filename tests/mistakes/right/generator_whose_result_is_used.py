def rows(names):
    total = 0
    for name in names:
        total += len(name)
        yield name.encode('utf-8') + b'\n'
    return total


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    letters = yield from rows(['Rhine', 'Aare', 'Inn'])
    yield b'%d letters\n' % letters
