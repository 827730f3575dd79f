# send: GET /?name=
# send: GET /?name=Ada+Lovelace
# send: GET /?name=salt%26pepper&other
# send: GET /

from urllib.parse import parse_qs


def application(environ, start_response):
    query = parse_qs(environ.get('QUERY_STRING', ''), keep_blank_values=True)
    name = query['name'][0] if 'name' in query else 'nobody'
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return ['hello, {}\n'.format(name).encode('utf-8')]
