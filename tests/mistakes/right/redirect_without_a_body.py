# send: GET /
# send: HEAD /

def app(environ, start_response):
    start_response('302 Found', [('Location', '/login'), ('Content-Length', '0')])
    return []
