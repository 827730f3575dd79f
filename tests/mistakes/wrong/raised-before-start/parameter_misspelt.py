def application(environ, start_respose):  # <- raised-before-start
    body = b'Hello from ' + environ['PATH_INFO'].encode('latin-1')
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [body]
