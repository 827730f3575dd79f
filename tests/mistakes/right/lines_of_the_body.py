# send: POST /lines
# header: Content-Type: text/plain
# body: one\ntwo\nand the rest
# send: POST /lines

def application(environ, start_response):
    left = int(environ.get('CONTENT_LENGTH') or 0)
    lines = 0
    while left > 0:
        line = environ['wsgi.input'].readline(left)
        if not line:
            break
        left -= len(line)
        lines += 1
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'%d lines\n' % lines]
