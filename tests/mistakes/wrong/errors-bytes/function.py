def application(environ, start_response):
    environ['wsgi.errors'].write(b'somebody came\n')  # <- errors-bytes
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'hello\n']
