# send: GET /
# send: POST /
# body: name=Ada

def application(environ, start_response):
    write = start_response('200 OK', [('Content-Type', 'text/plain')])
    write(b'hello, ')
    write(b'world\n')
    return []
