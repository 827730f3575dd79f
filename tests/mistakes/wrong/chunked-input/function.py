# send: POST /
# header: Content-Type: text/plain
# body: one two three
# chunked

def application(environ, start_response):
    size = int(environ.get('CONTENT_LENGTH') or 0)  # <- chunked-input
    body = environ['wsgi.input'].read(size)
    start_response('200 OK', [('Content-Type', 'application/octet-stream')])
    return [b'you sent: ', body]
