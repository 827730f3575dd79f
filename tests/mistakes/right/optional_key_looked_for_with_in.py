# send: GET /
# send: GET /
# header: Authorization: Bearer 77

def application(environ, start_response):
    text = ('Content-Type', 'text/plain; charset=utf-8')
    if 'HTTP_AUTHORIZATION' not in environ:
        start_response('401 Unauthorized', [text, ('WWW-Authenticate', 'Bearer')])
        return [b'a token, please\n']
    kind = environ['HTTP_AUTHORIZATION'].split(' ', 1)[0]
    start_response('200 OK', [text])
    return [kind.encode('latin-1') + b'\n']
