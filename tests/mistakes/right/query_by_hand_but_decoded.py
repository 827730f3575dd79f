# send: GET /?name=Ada+Lovelace
# send: GET /?x
# send: GET /?name=salt%26pepper&x=1
# send: GET /

from urllib.parse import unquote_plus


def fields(query):
    found = {}
    for part in query.split('&'):
        name, _, value = part.partition('=')
        found[unquote_plus(name)] = unquote_plus(value)
    return found


def application(environ, start_response):
    name = fields(environ.get('QUERY_STRING', '')).get('name', 'nobody')
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [name.encode('utf-8')]
