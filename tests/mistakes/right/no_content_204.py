# send: DELETE /notes/1
# send: GET /

def application(environ, start_response):
    if environ['REQUEST_METHOD'] == 'DELETE':
        start_response('204 No Content', [])
        return []
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'nothing deleted\n']
