# send: GET /shop/
# send: GET /elsewhere

from html import escape
from urllib.parse import quote


def shop(environ, start_response):
    root = escape(quote(environ.get('SCRIPT_NAME', ''), encoding='latin-1'))
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [
        b'<!DOCTYPE html><title>Shop</title>',
        '<a href="{}/tea">Tea</a> <a href="coffee">Coffee</a>'.format(root).encode('utf-8'),
        b' <a href="https://example.org/">Elsewhere</a> <a href="#top">Top</a>',
    ]


def application(environ, start_response):
    path = environ['PATH_INFO']
    if path.startswith('/shop/'):
        environ['SCRIPT_NAME'] = environ.get('SCRIPT_NAME', '') + '/shop'
        environ['PATH_INFO'] = path[len('/shop'):]
        return shop(environ, start_response)
    start_response('404 Not Found', [('Content-Type', 'text/plain')])
    return [b'the shop is at /shop/\n']
