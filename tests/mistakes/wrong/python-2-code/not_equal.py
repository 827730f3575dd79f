def application(environ, start_response):
    if environ['REQUEST_METHOD'] <> 'GET':  # <- python-2-code
        start_response('405 Method Not Allowed', [('Allow', 'GET')])
        return []
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'Hello']
