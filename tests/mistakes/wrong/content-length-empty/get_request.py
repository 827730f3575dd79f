# send: GET /

def application(environ, start_response):
    size = int(environ['CONTENT_LENGTH'])  # <- content-length-empty
    body = environ['wsgi.input'].read(size)
    start_response('200 OK', [('Content-Type', 'application/octet-stream')])
    return [b'you sent: ', body]
