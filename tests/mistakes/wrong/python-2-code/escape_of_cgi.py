from cgi import escape  # <- python-2-code


def application(environ, start_response):
    name = escape(environ['PATH_INFO'])
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [name.encode('utf-8')]
