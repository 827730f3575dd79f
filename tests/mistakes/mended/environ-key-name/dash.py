# send: GET /
# header: X-Custom: yes

def custom(headers):
    return headers.get('HTTP_X_CUSTOM') == 'yes'


def app(environ, start_response):
    answer = b'custom\n' if custom(environ) else b'usual\n'
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield answer
