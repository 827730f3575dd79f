# send: GET /
# send: HEAD /

def rest(names):
    for name in names:
        yield name + b'\n'


def app(environ, start_response):
    write = start_response('200 OK', [('Content-Type', 'text/plain')])
    write(b'names:\n')
    return rest([b'Ada', b'Grace'])
