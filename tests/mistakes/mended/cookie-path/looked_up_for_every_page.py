# send: GET /shop/enter
from http.cookies import SimpleCookie


def application(environ, start_response):
    cookies = SimpleCookie(environ.get('HTTP_COOKIE', ''))
    user = None
    if 'user' in cookies:
        user = cookies['user'].value
    headers = [('Content-Type', 'text/plain; charset=utf-8')]
    path = environ['PATH_INFO']
    if path == '/shop/enter':
        headers.append(('Set-Cookie', 'user=ada; HttpOnly; Path=/'))
        start_response('200 OK', headers)
        return [b'Come in.\n']
    if path == '/orders':
        start_response('200 OK', headers)
        return [f'Orders of {user or "nobody"}\n'.encode('utf-8')]
    start_response('404 Not Found', headers)
    return [b'There is no such page.\n']
