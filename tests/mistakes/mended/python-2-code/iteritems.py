def application(environ, start_response):
    names = [name for name, _ in environ.items()]
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'%d' % (len(names) > 10)]
