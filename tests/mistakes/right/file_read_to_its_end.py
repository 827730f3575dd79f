# send: POST /
# header: Content-Type: text/plain
# body: some words of a body
import io


def blocks(file, size):
    while True:
        block = file.read(size)
        if not block:
            break
        yield block


def application(environ, start_response):
    left = int(environ.get('CONTENT_LENGTH') or 0)
    kept = io.BytesIO()
    while left > 0:
        chunk = environ['wsgi.input'].read(min(left, 5))
        if chunk == b'':
            break
        kept.write(chunk)
        left -= len(chunk)
    kept.seek(0)
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return blocks(kept, 7)
