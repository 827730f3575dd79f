# send: POST /
# header: Content-Type: application/json
# body: {"from": 2}

import io
import json


def read_json(environ):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    return json.loads(environ['wsgi.input'].read(size))


class Complete:
    def __init__(self, app, **values):
        self.app = app
        self.values = values

    def __call__(self, environ, start_response):
        data = {**self.values, **read_json(environ)}
        raw = json.dumps(data).encode('utf-8')
        inner = dict(environ)
        inner['wsgi.input'] = io.BytesIO(raw)
        inner['CONTENT_LENGTH'] = str(len(raw))
        return self.app(inner, start_response)


def ticket(environ, start_response):
    data = read_json(environ)
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'from zone %d, class %d\n' % (data['from'], data['class'])]


application = Complete(ticket, **{'class': 2})
