# The second visitor said no name, and is greeted by that of the first.
# send: GET /?name=Ada
# send: GET /

from urllib.parse import parse_qs

name = 'stranger'


def application(environ, start_response):
    global name
    fields = parse_qs(environ.get('QUERY_STRING', ''))
    if 'name' in fields:
        name = fields['name'][0]  # <- request-state-global
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [f'Hello, {name}\n'.encode('utf-8')]
