# It shows how bytes look in Python, and means to.
# send: POST /
# body: name=Ada
# send: GET /

def application(environ, start_response):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    body = environ['wsgi.input'].read(size)
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'the body, as Python writes it: ', repr(body).encode('ascii'), b'\n']
