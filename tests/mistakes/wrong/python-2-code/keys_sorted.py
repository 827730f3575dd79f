def application(environ, start_response):
    names = environ.keys()
    names.sort()  # <- python-2-code
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'%d' % (len(names) > 5)]
