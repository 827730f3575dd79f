def application(start_response, environ):  # <- app-signature
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [environ['PATH_INFO'].encode('latin-1')]
