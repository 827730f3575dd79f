# wsgiref invents text/plain where a client sends no type; gunicorn and waitress do not.
# send: GET /
# send: POST /
# header: Content-Type: application/json
# body: {"name": "Pia"}

import json


class Request:
    def __init__(self, environ):
        self.environ = environ

    @property
    def is_json(self):
        return self.environ.get('CONTENT_TYPE', '').startswith('application/json')

    def json(self):
        size = int(self.environ.get('CONTENT_LENGTH') or 0)
        return json.loads(self.environ['wsgi.input'].read(size))


def application(environ, start_response):
    request = Request(environ)
    name = request.json()['name'] if request.is_json else 'nobody'
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [f'Hello, {name}\n'.encode('utf-8')]
