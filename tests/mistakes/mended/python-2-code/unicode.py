def page(word):
    return str(word)


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [page(12).encode('utf-8')]
