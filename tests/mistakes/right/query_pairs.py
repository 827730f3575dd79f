# send: GET /?a=1&b=2&a=3&c
# send: GET /?q=caf%C3%A9+au+lait

from urllib.parse import parse_qsl


def app(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    for name, value in parse_qsl(environ.get('QUERY_STRING', ''), keep_blank_values=True):
        yield '{} = {}\n'.format(name, value).encode('utf-8')
    yield b'that is all\n'
