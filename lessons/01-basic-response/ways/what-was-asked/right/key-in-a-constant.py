KEY = 'PATH_INFO'


def application(environ, start_response):
    text = '%s: %s' % (KEY, environ.get(KEY, '/'))
    headers = [('Content-Type', 'text/plain; charset=utf-8')]
    start_response('200 OK', headers)
    yield text.encode('utf-8')
