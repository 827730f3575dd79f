# send: GET /
# send: GET /
# header: Cookie: colour=green

from http.cookies import SimpleCookie


def application(environ, start_response):
    cookies = SimpleCookie(environ.get('HTTP_COOKIE', ''))
    colour = cookies['colour'].value if 'colour' in cookies else 'grey'
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [colour.encode('utf-8') + b'\n']
