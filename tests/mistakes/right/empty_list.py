# send: GET /
# send: HEAD /
# send: POST /
# body: a=1

def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain'), ('Content-Length', '0')])
    return []
