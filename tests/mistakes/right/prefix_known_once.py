# A global that the first request fills, and that guards itself.
# send: GET /
# header: X-Prefix: /a

prefix = None


def application(environ, start_response):
    global prefix
    if prefix is None:
        prefix = environ.get('HTTP_X_PREFIX', '')
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [prefix.encode('latin-1') + b'\n']
