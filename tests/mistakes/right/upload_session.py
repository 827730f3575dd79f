# PUT that answers with the address and no body.
# send: PUT /files/1
# body: x

def application(environ, start_response):
    environ['wsgi.input'].read(int(environ.get('CONTENT_LENGTH') or 0))
    start_response('200 OK', [('Location', '/files/1'), ('Content-Length', '0')])
    return []
