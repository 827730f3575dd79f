# send: POST /
# body: one\ntwo\n
# header: Content-Type: text/plain
# send: POST /
# body: three\n
# header: Content-Type: text/plain

streams = {}


def lines(environ):
    stream = streams.get('body')
    if stream is None:
        stream = streams['body'] = environ['wsgi.input']  # <- stream-kept
    return stream.readline(int(environ['CONTENT_LENGTH'] or 0))


def application(environ, start_response):
    line = lines(environ)
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'You sent ', line]
