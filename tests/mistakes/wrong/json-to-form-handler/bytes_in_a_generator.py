# send: POST /
# header: Content-Type: application/json
# body: {"ask": "how far = is & it?"}

import urllib.parse


def application(environ, start_response):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    body = environ['wsgi.input'].read(size)
    question = urllib.parse.parse_qs(body).get(b'ask', [b'no question'])[0]  # <- json-to-form-handler
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    yield question + b'\n'
