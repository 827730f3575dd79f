# send: GET /
# send: POST /
# body: x=1

def application(environ, start_response):
    body = b''
    if environ.get('CONTENT_LENGTH'):
        body = environ['wsgi.input'].read(int(environ['CONTENT_LENGTH']))
    start_response('200 OK', [('Content-Type', 'application/octet-stream')])
    return [body, b'.']
