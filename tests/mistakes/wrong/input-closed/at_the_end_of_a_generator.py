# send: POST /lines
# header: Content-Type: text/plain
# body: one\ntwo\n

def application(environ, start_response):
    stream = environ['wsgi.input']
    left = int(environ.get('CONTENT_LENGTH') or 0)
    start_response('200 OK', [('Content-Type', 'application/octet-stream')])
    while left > 0:
        line = stream.readline(left)
        if not line:
            break
        left -= len(line)
        yield line
    stream.close()  # <- input-closed
