from StringIO import StringIO  # <- python-2-code


def application(environ, start_response):
    out = StringIO()
    out.write('Hello')
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [out.getvalue().encode('utf-8')]
