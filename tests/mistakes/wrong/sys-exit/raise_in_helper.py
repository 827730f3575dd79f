# send: GET /
# send: GET /admin

def forbid(why):
    raise SystemExit(why)  # <- sys-exit


def app(environ, start_response):
    if environ['PATH_INFO'].startswith('/admin'):
        forbid('not for you')
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'hello\n']
