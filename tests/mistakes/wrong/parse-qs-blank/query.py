# send: GET /?name=Ada
# send: GET /?name=

from urllib.parse import parse_qs


def application(environ, start_response):
    query = parse_qs(environ.get('QUERY_STRING', ''))
    name = query['name'][0]  # <- parse-qs-blank
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'hello, ', name.encode('utf-8')]
