# send: POST /api
# header: Content-Type: application/json
# body: {"name": "Ada"}

import json


def application(environ, start_response):
    data = json.load(environ['wsgi.input'])  # <- input-read-all
    start_response('200 OK', [('Content-Type', 'application/json')])
    return [json.dumps(sorted(data)).encode('ascii')]
