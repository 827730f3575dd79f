# A query beside a body of JSON.
# send: POST /?list=one
# header: Content-Type: application/json
# body: {"a": 1}

from urllib.parse import parse_qs


def application(environ, start_response):
    fields = parse_qs(environ.get('QUERY_STRING', ''))
    size = int(environ.get('CONTENT_LENGTH') or 0)
    body = environ['wsgi.input'].read(size)
    start_response('200 OK', [('Content-Type', 'application/json')])
    return [body if 'list' in fields else b'{}']
