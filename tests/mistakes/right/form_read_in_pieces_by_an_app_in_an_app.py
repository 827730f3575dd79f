# One part of the app reads all there is, to the empty piece at the end; nobody after it wants more.
# send: POST /
# body: one,two,three

def pieces(environ):
    left = int(environ.get('CONTENT_LENGTH') or 0)
    while left:
        piece = environ['wsgi.input'].read(min(left, 4))
        if not piece:
            return
        left -= len(piece)
        yield piece


def count(environ, start_response):
    number = len(b''.join(pieces(environ)).split(b','))
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'%d words\n' % number]


def application(environ, start_response):
    environ['app.name'] = 'count'
    return count(environ, start_response)
