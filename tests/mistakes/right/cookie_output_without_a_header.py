from http.cookies import SimpleCookie


def application(environ, start_response):
    cookie = SimpleCookie()
    cookie['seat'] = '14B'
    headers = [('Content-Type', 'text/plain; charset=utf-8')]
    for morsel in cookie.values():
        headers.append(('Set-Cookie', morsel.output(header='').strip()))
    start_response('200 OK', headers)
    return [b'by the window\n']
