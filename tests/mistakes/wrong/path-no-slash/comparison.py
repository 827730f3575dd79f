# send: GET /about

def application(environ, start_response):
    if environ['PATH_INFO'] == 'about':  # <- path-no-slash
        start_response('200 OK', [('Content-Type', 'text/plain')])
        return [b'about us\n']
    start_response('404 Not Found', [('Content-Type', 'text/plain')])
    return [b'no such page\n']
