# Keys with a dot may hold anything; a str is what the others hold.

def application(environ, start_response):
    environ['my.number'] = 7
    environ['my.object'] = object()
    environ['my.nothing'] = None
    environ['REMOTE_USER'] = 'ada'
    environ.setdefault('MY_SETTING', '1')
    environ.pop('HTTP_PROXY', None)
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'%d\n' % environ['my.number']]
