# send: POST /api
# header: Content-Type: application/json
# body: {"name": "Ada",}

import json


class Api:
    def __init__(self, environ, start_response):
        self.environ = environ
        self.start_response = start_response

    def __iter__(self):
        size = int(self.environ.get('CONTENT_LENGTH') or 0)
        body = self.environ['wsgi.input'].read(size)
        data = json.loads(body.decode('utf-8'))  # <- raised-before-start
        self.start_response('200 OK', [('Content-Type', 'application/json')])
        yield json.dumps(data).encode('ascii')


application = Api
