# A generator: the exception comes with the first block.
# send: POST /
# header: Content-Type: text/plain; charset=utf-8
# body: good night

def application(environ, start_response):
    text = environ['wsgi.input'].decode('utf-8')  # <- input-is-a-stream
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    yield text.upper().encode('utf-8')
