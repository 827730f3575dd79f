# send: GET /?n=4
# send: GET /

from urllib.parse import parse_qs


def app(environ, start_response):
    query = parse_qs(environ.get('QUERY_STRING', ''))
    try:
        count = int(query.get('n', ['2'])[0])
    except ValueError:
        count = 0
    total = sum(range(count))
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield b'%d\n' % total
