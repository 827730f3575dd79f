# send: POST /
# body: name=Ada

def application(environ, start_response):
    body = environ['wsgi.input'].read(1024)  # <- input-read-too-much
    start_response('200 OK', [('Content-Type', 'application/octet-stream')])
    return [body]
