# send: POST /
# header: Content-Type: application/json
# body: {"rooms": 3, "garden": true}

import json


def application(environ, start_response):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    flat = json.loads(environ['wsgi.input'].read(size))
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'%d rooms\n' % flat['rooms']]
