# send: POST /
# body: name=Ada

def application(environ, start_response):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    head = environ['wsgi.input'].read(size)[:4]
    body = environ['wsgi.input'].read(size)  # <- input-read-twice
    start_response('200 OK', [('Content-Type', 'application/octet-stream')])
    return [head, b': ', body]
