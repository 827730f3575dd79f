# send: POST /
# body: name=Ada

def application(environ, start_response):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    body = environ['wsgi.input'].read(size)
    environ['wsgi.input'].close()  # <- input-closed
    start_response('200 OK', [('Content-Type', 'application/octet-stream')])
    return [body]
