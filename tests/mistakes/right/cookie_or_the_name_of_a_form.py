# send: GET /shop/enter?user=ada
from http.cookies import SimpleCookie
from urllib.parse import parse_qs


def application(environ, start_response):
    fields = parse_qs(environ.get('QUERY_STRING', ''))
    user = fields.get('user', [''])[0]
    path = environ['PATH_INFO']
    if path.startswith('/shop/'):
        cookies = SimpleCookie(environ.get('HTTP_COOKIE', ''))
        if 'user' in cookies:
            user = cookies['user'].value
    headers = [('Content-Type', 'text/plain; charset=utf-8')]
    if path == '/shop/enter':
        headers.append(('Set-Cookie', 'user=ada'))
    if path == '/greeting':
        start_response('200 OK', headers)
        return [f'Hello, {user}\n'.encode('utf-8')]
    start_response('200 OK', headers)
    return [b'A page of the shop.\n']
