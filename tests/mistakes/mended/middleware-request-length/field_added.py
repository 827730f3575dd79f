# send: POST /
# body: tea=green

import io
from urllib.parse import parse_qs


class AddShop:
    """Says in each order which shop it comes from."""

    def __init__(self, app, shop):
        self.app = app
        self.shop = shop

    def __call__(self, environ, start_response):
        size = int(environ.get('CONTENT_LENGTH') or 0)
        body = environ['wsgi.input'].read(size) + b'&shop=' + self.shop
        environ['wsgi.input'] = io.BytesIO(body)
        environ['CONTENT_LENGTH'] = str(len(body))
        return self.app(environ, start_response)


def order(environ, start_response):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    fields = parse_qs(environ['wsgi.input'].read(size).decode('utf-8', 'replace'))
    shop = fields.get('shop', ['no shop'])[0]
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [shop.encode('utf-8') + b'\n']


application = AddShop(order, b'Basel')
