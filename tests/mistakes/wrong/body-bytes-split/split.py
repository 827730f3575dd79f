# send: POST /
# body: name=Ada&drink=tea

def application(environ, start_response):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    body = environ['wsgi.input'].read(size)
    fields = body.split('&')  # <- body-bytes-split
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'%d fields\n' % len(fields)]
