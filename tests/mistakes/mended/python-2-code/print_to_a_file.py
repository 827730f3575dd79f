def application(environ, start_response):
    print('somebody came', file=environ['wsgi.errors'])
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'Hello']
