# A KeyError that becomes a page; environ has nothing to do with it.
# send: GET /?id=9

from urllib.parse import parse_qs

BOATS = {'1': 'Heron', '2': 'Otter'}


def application(environ, start_response):
    number = parse_qs(environ.get('QUERY_STRING', '')).get('id', ['1'])[0]
    try:
        status, page = '200 OK', BOATS[number]
    except KeyError:
        status, page = '404 Not Found', 'no such boat'
    start_response(status, [('Content-Type', 'text/plain; charset=utf-8')])
    return [page.encode('utf-8') + b'\n']
