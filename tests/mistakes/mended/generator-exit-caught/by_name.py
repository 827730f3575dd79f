# send: GET /
# leaves

def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'application/octet-stream')])
    sent = 0
    while sent < 300:
        try:
            yield b'%8d' % sent * 8192
            sent += 1
        except ValueError:
            sent += 1
