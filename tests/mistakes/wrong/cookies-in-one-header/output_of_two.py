from http.cookies import SimpleCookie


def application(environ, start_response):
    cookies = SimpleCookie()
    cookies['lang'] = 'rm'
    cookies['night'] = 'on'
    text = cookies.output(header='').strip()  # <- cookies-in-one-header
    start_response('200 OK', [
        ('Content-Type', 'text/plain; charset=utf-8'),
        ('Set-Cookie', text),
    ])
    return [b'allegra\n']
