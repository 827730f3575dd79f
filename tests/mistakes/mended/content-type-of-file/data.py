# send: GET /api/lakes.json

import json

LAKES = {'Zug': 38, 'Thun': 48}


def application(environ, start_response):
    if environ['PATH_INFO'].endswith('.json'):
        body = json.dumps(LAKES).encode('utf-8')
        start_response('200 OK', [('Content-Type', 'application/json')])
        yield body
    else:
        start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
        yield b'<a href="/api/lakes.json">lakes</a>'
