from http.cookies import SimpleCookie


def application(environ, start_response):
    jar = SimpleCookie('size=large')
    start_response('200 OK', [
        ('Content-Type', 'text/plain; charset=utf-8'),
        ('Set-Cookie', jar.output()),  # <- cookie-output-name
    ])
    return [b'The large one, then.\n']
