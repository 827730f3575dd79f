# send: GET /
# send: GET /
# header: Cookie: id=1

SESSIONS = {}


def application(environ, start_response):
    try:
        name, _, number = environ['HTTP_COOKIE'].partition('=')
    except KeyError:
        number = str(len(SESSIONS) + 1)
    session = SESSIONS.setdefault(number, {'visits': 0})
    session['visits'] += 1
    headers = [('Content-Type', 'text/plain')]
    if 'HTTP_COOKIE' not in environ:
        headers.append(('Set-Cookie', 'id=' + number + '; HttpOnly'))
    start_response('200 OK', headers)
    return [b'visit %d\n' % session['visits']]
