def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return (b'%d\n' % (60 // n) for n in (3, 2, 0))  # <- raised-lazily
