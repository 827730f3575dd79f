# send: POST /
# header: Content-Type: application/json
# body: {"word": "json"}
# send: POST /
# body: word=form

import json
from urllib.parse import parse_qs


def application(environ, start_response):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    text = environ['wsgi.input'].read(size).decode('utf-8', 'replace')
    if environ.get('CONTENT_TYPE', '').startswith('application/json'):
        word = json.loads(text)['word']
    else:
        word = parse_qs(text).get('word', ['none'])[0]
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [word.encode('utf-8')]
