def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    for guests in (2, 1, 0):
        yield b'%d pieces each\n' % (12 // guests)  # <- raised-mid-body
