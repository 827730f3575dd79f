import json


def application(environ, start_response):
    body = json.dumps({'name': 'Ada', 'drinks': ['tea', 'café']}).encode('utf-8')
    start_response('200 OK', [
        ('Content-Type', 'application/json'),
        ('Content-Length', str(len(body))),
    ])
    return [body]
