# send: POST /
# header: Content-Type: application/json
# body: {"item": "tea"}

import io
import json


class Defaults:
    """Adds what clients leave out."""

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        if environ['REQUEST_METHOD'] == 'POST':
            length = int(environ.get('CONTENT_LENGTH') or 0)
            data = json.loads(environ['wsgi.input'].read(length))
            data.setdefault('currency', 'EUR')
            body = json.dumps(data).encode('utf-8')
            environ['wsgi.input'] = io.BytesIO(body)
            environ['CONTENT_LENGTH'] = str(len(body))
        return self.app(environ, start_response)


def order(environ, start_response):
    length = int(environ.get('CONTENT_LENGTH') or 0)
    data = json.loads(environ['wsgi.input'].read(length))
    start_response('200 OK', [('Content-Type', 'application/json')])
    return [json.dumps(data).encode('utf-8')]


application = Defaults(order)
