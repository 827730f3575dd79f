from urllib.parse import parse_qs


def app(environ, start_response):
    query = parse_qs(environ.get('QUERY_STRING', ''))
    name = query.get('name', ['you)[0]  # <- syntax-error
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    yield b'Hello, '
    yield name.encode('utf-8')
