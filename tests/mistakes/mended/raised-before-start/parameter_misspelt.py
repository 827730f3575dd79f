def application(environ, start_response):
    body = b'Hello from ' + environ['PATH_INFO'].encode('latin-1')
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [body]
