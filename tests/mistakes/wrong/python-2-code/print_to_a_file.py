def application(environ, start_response):
    print >> environ['wsgi.errors'], 'somebody came'  # <- python-2-code
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'Hello']
