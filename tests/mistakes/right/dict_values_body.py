PAGES = {'a': b'first\n', 'b': b'second\n'}


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return PAGES.values()
