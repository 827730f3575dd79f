# One cookie: a comma in its date, and attributes that few know.
def application(environ, start_response):
    parts = [
        'id=7d', 'Expires=Fri, 31 Dec 2027 23:59:59 GMT', 'Max-Age=86400', 'Path=/shop',
        'SameSite=Lax', 'HttpOnly', 'Priority=High', 'Partitioned', 'Secure',
    ]
    start_response('200 OK', [
        ('Content-Type', 'text/plain; charset=utf-8'),
        ('Set-Cookie', '; '.join(parts)),
    ])
    return [b'one cookie\n']
