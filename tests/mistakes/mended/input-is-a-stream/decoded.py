# A generator: the exception comes with the first block.
# send: POST /
# header: Content-Type: text/plain; charset=utf-8
# body: good night

def application(environ, start_response):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    text = environ['wsgi.input'].read(size).decode('utf-8', 'replace')
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    yield text.upper().encode('utf-8')
