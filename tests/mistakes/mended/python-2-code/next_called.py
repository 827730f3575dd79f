def numbered(lines):
    for number, line in enumerate(lines):
        yield b'%d %s' % (number, line)


def application(environ, start_response):
    lines = numbered([b'Name\n', b'Ada\n', b'Grace\n'])
    first = next(lines)
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [first.upper(), *lines]
