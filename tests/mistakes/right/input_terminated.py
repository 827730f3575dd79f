# send: POST /
# body: one two three
# send: POST /
# header: Content-Type: text/plain
# body: in pieces
# chunked
# send: GET /

def application(environ, start_response):
    if environ.get('wsgi.input_terminated'):
        body = environ['wsgi.input'].read()
    else:
        body = environ['wsgi.input'].read(int(environ.get('CONTENT_LENGTH') or 0))
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'%d bytes\n' % len(body)]
