from http.cookies import SimpleCookie


def application(environ, start_response):
    cookies = SimpleCookie()
    cookies['lang'] = 'rm'
    cookies['night'] = 'on'
    headers = [('Content-Type', 'text/plain; charset=utf-8')]
    for cookie in cookies.values():
        headers.append(('Set-Cookie', cookie.OutputString()))
    start_response('200 OK', headers)
    return [b'allegra\n']
