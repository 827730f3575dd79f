# send: GET /?page=7

from urllib.parse import parse_qs


def page_number(query):
    return int(query['page'][0])  # <- parse-qs-bytes


def with_query(app):
    def wrapped(environ, start_response):
        raw = environ.get('QUERY_STRING', '').encode('latin-1')
        environ['my.query'] = parse_qs(raw)
        return app(environ, start_response)
    return wrapped


@with_query
def application(environ, start_response):
    number = page_number(environ['my.query'])
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield b'page %d\n' % number
