# send: POST /
# header: Content-Type: text/plain
# body:

def application(environ, start_response):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    lines = iter(environ['wsgi.input'].read(size).splitlines())
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    title = next(lines, b'no title')
    yield b'Title: ' + title + b'\n'
