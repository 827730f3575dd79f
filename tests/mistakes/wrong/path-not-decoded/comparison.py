# send: GET /caf%C3%A9

def application(environ, start_response):
    if environ['PATH_INFO'] == '/café':  # <- path-not-decoded
        start_response('200 OK', [('Content-Type', 'text/plain')])
        return [b'coffee\n']
    start_response('404 Not Found', [('Content-Type', 'text/plain')])
    return [b'no such page\n']
