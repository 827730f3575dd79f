# send: POST /
# body: name=Ada

def application(environ, start_response):
    body = environ['wsgi.input'].read()  # <- input-read-all
    start_response('200 OK', [('Content-Type', 'application/octet-stream')])
    return [body]
