# send: GET /
# leaves

def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'application/octet-stream')])
    count = 0
    try:
        while True:
            yield b'x' * 8192
            count += 1
    finally:
        raise RuntimeError('stopped after %d blocks' % count)  # <- close-raised
