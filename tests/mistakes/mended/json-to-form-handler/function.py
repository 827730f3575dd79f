# send: POST /
# header: Content-Type: application/json
# body: {"name": "Lena"}

import json
from urllib.parse import parse_qs


def application(environ, start_response):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    body = environ['wsgi.input'].read(size).decode('utf-8', 'replace')
    if environ.get('CONTENT_TYPE', '').startswith('application/json'):
        name = json.loads(body).get('name', 'nobody')
    else:
        name = parse_qs(body).get('name', ['nobody'])[0]
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [f'Hello, {name}\n'.encode('utf-8')]
