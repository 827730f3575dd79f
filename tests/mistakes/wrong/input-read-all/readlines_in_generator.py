# send: POST /lines
# header: Content-Type: text/plain
# body: one\ntwo\nthree\n

def count(stream):
    return len(stream.readlines())  # <- input-read-all


def application(environ, start_response):
    number = count(environ['wsgi.input'])
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield b'%d lines\n' % number
