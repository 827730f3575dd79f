# send: POST /api
# header: Content-Type: application/json
# body: {"name": "<b>Ada</b>"}
# send: POST /api
# header: Content-Type: application/json
# body: {"name":

import json


def application(environ, start_response):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    try:
        data = json.loads(environ['wsgi.input'].read(size).decode('utf-8'))
    except ValueError:
        start_response('400 Bad Request', [('Content-Type', 'application/json')])
        return [b'{"error": "no JSON"}']
    body = json.dumps({'you sent': data}, ensure_ascii=False).encode('utf-8')
    start_response('200 OK', [
        ('Content-Type', 'application/json'),
        ('Content-Length', str(len(body))),
    ])
    return [body]
