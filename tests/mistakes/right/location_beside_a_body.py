# 200 with a page for whoever reads it, and with its address for programs.
# send: PUT /songs/3
# send: HEAD /songs/3

def application(environ, start_response):
    body = b'{"song": 3}'
    start_response('200 OK', [
        ('Content-Type', 'application/json'), ('Location', '/songs/3'), ('Content-Length', str(len(body)))])
    return [] if environ['REQUEST_METHOD'] == 'HEAD' else [body]
