# send: POST /beds
# header: Content-Type: application/json; charset=utf-8
# body: {"beds": "4"}

import json
from urllib.parse import parse_qsl


class Hostel:
    def form(self, environ):
        size = int(environ.get('CONTENT_LENGTH') or 0)
        text = environ['wsgi.input'].read(size).decode('utf-8', 'replace')
        if 'json' in environ.get('CONTENT_TYPE', ''):
            return json.loads(text)
        return dict(parse_qsl(text))

    def __call__(self, environ, start_response):
        beds = self.form(environ).get('beds')
        kind = [('Content-Type', 'text/plain; charset=utf-8')]
        if not beds:
            start_response('400 Bad Request', kind)
            return [b'How many beds?\n']
        start_response('200 OK', kind)
        return [f'{beds} beds\n'.encode('utf-8')]


application = Hostel()
