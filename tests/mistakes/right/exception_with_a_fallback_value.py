# A page number that is no number means the first page.
# send: GET /?page=x
# send: GET /

from contextlib import suppress
from urllib.parse import parse_qs


def application(environ, start_response):
    page = 1
    try:
        page = int(parse_qs(environ.get('QUERY_STRING', ''))['page'][0])
    except (KeyError, ValueError):
        pass
    with suppress(ZeroDivisionError):
        page = 10 // (page - 1)
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'page %d\n' % page]
