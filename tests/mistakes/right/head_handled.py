# send: GET /
# send: HEAD /

def application(environ, start_response):
    body = b'hello\n'
    start_response('200 OK', [
        ('Content-Type', 'text/plain'),
        ('Content-Length', str(len(body))),
    ])
    if environ['REQUEST_METHOD'] == 'HEAD':
        return []
    return [body]
