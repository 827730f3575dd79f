def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=iso-8859-1')])
    return ['Schöne Grüße\n'.encode('iso-8859-1')]
