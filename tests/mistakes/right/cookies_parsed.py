# send: GET /
# send: GET /
# header: Cookie: visits=3; theme="dark"

from http.cookies import CookieError, SimpleCookie


def application(environ, start_response):
    cookies = SimpleCookie()
    try:
        cookies.load(environ.get('HTTP_COOKIE', ''))
        visits = int(cookies['visits'].value)
    except (CookieError, KeyError, ValueError):
        visits = 0
    answer = SimpleCookie()
    answer['visits'] = str(visits + 1)
    answer['visits']['httponly'] = True
    headers = [('Content-Type', 'text/plain')]
    headers += [('Set-Cookie', morsel.OutputString()) for morsel in answer.values()]
    start_response('200 OK', headers)
    return [b'visit %d\n' % (visits + 1)]
