# send: GET /%3Ci%3Enowhere%3C/i%3E

PAGES = {'/': b'<!DOCTYPE html><title>Home</title>'}


def not_found(app):
    def wrapped(environ, start_response):
        path = environ['PATH_INFO'].encode('latin-1').decode('utf-8', 'replace')
        if path in PAGES:
            return app(environ, start_response)
        page = '<!DOCTYPE html><title>404</title><p>{0} is not here.'.format(path)  # <- html-unescaped
        start_response('404 Not Found', [('Content-Type', 'text/html; charset=utf-8')])
        return [page.encode('utf-8')]
    return wrapped


@not_found
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [PAGES[environ['PATH_INFO']]]
