# send: POST /lines
# header: Content-Type: text/plain
# body: one\ntwo\n

def app(environ, start_response):
    lengths = []
    for line in environ['wsgi.input']:  # <- input-read-all
        lengths.append(b'%d\n' % len(line))
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return lengths
