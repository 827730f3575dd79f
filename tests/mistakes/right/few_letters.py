LETTERS = [b'a', b'b', b'c', b'\n']


def app(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [*LETTERS]
