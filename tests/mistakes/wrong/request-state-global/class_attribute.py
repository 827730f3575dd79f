# send: GET /account
# header: Cookie: user=bea
# send: GET /account

class Visit:
    user = None


def remember(environ):
    cookie = environ.get('HTTP_COOKIE', '')
    if cookie.startswith('user='):
        Visit.user = cookie[len('user='):]  # <- request-state-global


def application(environ, start_response):
    kind = [('Content-Type', 'text/plain; charset=utf-8')]
    remember(environ)
    if Visit.user is None:
        start_response('403 Forbidden', kind)
        return [b'Please log in.\n']
    start_response('200 OK', kind)
    return [Visit.user.encode('latin-1'), b', here is your account.\n']
