# send: GET /
NAMES = ['Ada', 'Grace', 'Barbara', 'Margaret', 'Radia']


def half(names):
    middle = len(names) / 2  # <- python-2-code
    return names[:middle], names[middle:]


def application(environ, start_response):
    body = '; '.join(half(NAMES)[0])
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [body.encode('utf-8')]
