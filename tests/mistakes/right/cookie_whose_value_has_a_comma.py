# The comma and the equals signs belong to the values; each cookie has its own header.
from http.cookies import SimpleCookie


def application(environ, start_response):
    cookie = SimpleCookie()
    cookie['sizes'] = 'small,large=2'
    cookie['sizes']['path'] = '/'
    start_response('200 OK', [
        ('Content-Type', 'text/plain; charset=utf-8'),
        ('Set-Cookie', cookie['sizes'].OutputString()),
        ('Set-Cookie', 'seen=a|b|c=3; Path=/'),
    ])
    return [b'two cookies\n']
