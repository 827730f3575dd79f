# send: POST /
# body: name=Ada

def app(environ, start_response):
    start_response('201 Created', [('Location', '/names/1'), ('Content-Length', '0')])
    return [b'']
