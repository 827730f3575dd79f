def application(environ, start_response):
    write = start_response('200 OK', [('Content-Type', 'text/plain')])
    write(b'first\n')
    return [b'second\n', b'third\n']
