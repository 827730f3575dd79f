# send: GET /game/start
# send: GET /game/score
# header: Cookie: points=3
# send: GET /login
# send: GET /
# header: Cookie: visitor=ida
# send: GET /game/lost

from http.cookies import SimpleCookie


def cookie(environ, name):
    cookies = SimpleCookie(environ.get('HTTP_COOKIE', ''))
    return cookies[name].value if name in cookies else None


def application(environ, start_response):
    path = environ['PATH_INFO']
    headers = [('Content-Type', 'text/plain; charset=utf-8')]
    if path == '/game/start':
        headers.append(('Set-Cookie', 'points=0'))
        text = 'Go!\n'
    elif path in ('/game/score', '/game'):
        text = 'You have %s points.\n' % cookie(environ, 'points')
    elif path == '/game/lost':
        headers.append(('Set-Cookie', 'visitor=; Max-Age=0; Path=/'))
        text = 'Goodbye!\n'
    elif path == '/login':
        headers.append(('Set-Cookie', 'visitor=ida'))
        text = 'Welcome!\n'
    elif path == '/':
        text = 'Hello, %s!\n' % cookie(environ, 'visitor')
    else:
        text = 'There is no such page.\n'
    start_response('200 OK', headers)
    return [text.encode('utf-8')]
