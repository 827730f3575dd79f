# An empty value is no digit either: the default helps only where the key is absent.
# send: GET /

def application(environ, start_response):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    body = environ['wsgi.input'].read(size)
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'%d bytes\n' % len(body)]
