# What comes is noted in the log; the answer is empty on purpose.
# send: POST /
# header: Content-Type: application/xml
# body: <order>7</order>
def application(environ, start_response):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    order = environ['wsgi.input'].read(size)
    environ['wsgi.errors'].write('order: %r\n' % order)
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return []
