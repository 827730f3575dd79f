# send: GET /members/login?user=eva
# send: GET /news
# header: Cookie: member=eva

from http.cookies import SimpleCookie
from urllib.parse import parse_qs, quote, unquote


def member(environ):
    cookies = SimpleCookie(environ.get('HTTP_COOKIE', ''))
    return unquote(cookies['member'].value) if 'member' in cookies else None


def application(environ, start_response):
    headers = [('Content-Type', 'text/plain; charset=utf-8')]
    path = environ.get('PATH_INFO', '')
    if path == '/members/login':
        name = quote(parse_qs(environ['QUERY_STRING'])['user'][0], safe='')
        headers.append(('Set-Cookie', f'member={name}; HttpOnly; Path=/'))
        text = 'Welcome!\n'
    elif path in ('/news', '/'):
        text = 'News for %s\n' % (member(environ) or 'everybody')
    else:
        text = 'There is no such page.\n'
    start_response('200 OK', headers)
    return [text.encode('utf-8')]
