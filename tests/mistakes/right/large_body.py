# send: GET /
# send: HEAD /

def application(environ, start_response):
    block = b'0123456789abcdef' * 4096
    start_response('200 OK', [
        ('Content-Type', 'application/octet-stream'),
        ('Content-Length', str(len(block) * 40)),
    ])
    for _ in range(40):
        yield block
