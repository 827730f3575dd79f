# send: POST /
# header: Content-Type: application/json
# body: {"ask": "how far = is & it?"}

import json
import urllib.parse


def application(environ, start_response):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    body = environ['wsgi.input'].read(size)
    if environ.get('CONTENT_TYPE', '').startswith('application/json'):
        question = json.loads(body).get('ask', 'no question').encode('utf-8')
    else:
        question = urllib.parse.parse_qs(body).get(b'ask', [b'no question'])[0]
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    yield question + b'\n'
