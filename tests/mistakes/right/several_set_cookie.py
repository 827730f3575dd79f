def application(environ, start_response):
    start_response('200 OK', [
        ('Content-Type', 'text/plain'),
        ('Set-Cookie', 'user=ada; HttpOnly; SameSite=Lax'),
        ('Set-Cookie', 'theme=dark; Path=/'),
        ('Set-Cookie', 'old=; Max-Age=0'),
    ])
    return [b'three cookies\n']
