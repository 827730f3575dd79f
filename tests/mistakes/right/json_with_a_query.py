# The query is parsed, and the body is JSON.
# send: POST /?pretty=1
# header: Content-Type: application/json
# body: [3, 4]

import json
from urllib.parse import parse_qs


def application(environ, start_response):
    pretty = 'pretty' in parse_qs(environ.get('QUERY_STRING', ''))
    size = int(environ.get('CONTENT_LENGTH') or 0)
    data = json.loads(environ['wsgi.input'].read(size))
    start_response('200 OK', [('Content-Type', 'application/json')])
    return [json.dumps(data, indent=2 if pretty else None).encode('utf-8')]
