# send: GET /account
# header: Cookie: user=bea
# send: GET /account

class Visit:
    user = None


def remember(environ):
    cookie = environ.get('HTTP_COOKIE', '')
    if cookie.startswith('user='):
        return cookie[len('user='):]
    return None


def application(environ, start_response):
    kind = [('Content-Type', 'text/plain; charset=utf-8')]
    user = remember(environ)
    if user is None:
        start_response('403 Forbidden', kind)
        return [b'Please log in.\n']
    start_response('200 OK', kind)
    return [user.encode('latin-1'), b', here is your account.\n']
