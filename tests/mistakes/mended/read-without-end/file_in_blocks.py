import io


def application(environ, start_response):
    picture = io.BytesIO(bytes(range(256)) * 40)
    start_response('200 OK', [('Content-Type', 'application/octet-stream')])
    while True:
        block = picture.read(4096)
        if not block:
            break
        yield block
