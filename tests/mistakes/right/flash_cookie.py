from http.cookies import SimpleCookie


def application(environ, start_response):
    cookie = SimpleCookie()
    cookie['flash'] = 'saved; all, is=well'
    cookie['flash']['expires'] = 3600
    cookie['flash']['samesite'] = 'Strict'
    start_response('200 OK', [
        ('Content-Type', 'text/plain; charset=utf-8'),
        ('Set-Cookie', cookie.output(header='').strip()),
        ('set-cookie', 'empty=; Max-Age=0; path=/; domain=localhost'),
    ])
    return [b'ok\n']
