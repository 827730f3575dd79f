# send: GET /Bergbahn/Z%C3%9CRI

def application(environ, start_response):
    text = environ['PATH_INFO'].encode('latin-1').decode('utf-8', 'replace').lower()
    inner = dict(environ, PATH_INFO=text.encode('utf-8').decode('latin-1'))
    return page(inner, start_response)


def page(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [environ['PATH_INFO'].encode('latin-1'), b'\n']
