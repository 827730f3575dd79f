# send: GET /shop/books/add
# send: GET /pay

def in_cart(environ):
    pairs = environ.get('HTTP_COOKIE', '').split(';')
    cookies = dict(pair.strip().partition('=')[::2] for pair in pairs)
    return int(cookies.get('cart') or 0)


def application(environ, start_response):
    number = in_cart(environ)
    kind = ('Content-Type', 'text/plain; charset=utf-8')
    if environ['PATH_INFO'].endswith('/add'):
        start_response('303 See Other', [
            ('Location', '/shop/books'),
            ('Set-Cookie', 'cart=%d' % (number + 1)),  # <- cookie-path
        ])
        return []
    start_response('200 OK', [kind])
    if environ['PATH_INFO'] == '/pay':
        return [b'%d books to pay.\n' % number]
    return [b'Books\n']
