# send: GET /shop/

def shop(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [
        b'<!DOCTYPE html><title>Shop</title>',
        b'<a href="/tea">Tea</a>',  # <- script-name-ignored
    ]


def application(environ, start_response):
    if environ['PATH_INFO'].startswith('/shop/'):
        environ['SCRIPT_NAME'] += '/shop'
        environ['PATH_INFO'] = environ['PATH_INFO'][len('/shop'):]
        return shop(environ, start_response)
    start_response('404 Not Found', [('Content-Type', 'text/plain')])
    return [b'the shop is at /shop/\n']
