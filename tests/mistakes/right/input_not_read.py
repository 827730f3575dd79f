# send: POST /
# body: name=Ada
# send: PUT /x
# header: Content-Type: application/octet-stream
# body: \x00\x01

def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'I do not care\n']
