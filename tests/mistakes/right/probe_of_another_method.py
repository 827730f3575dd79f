# A health page asks the application for another page, with an environ of its own.
# send: GET /health
# send: GET /

def pages(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [environ['PATH_INFO'].encode('latin-1') + b'\n']


def application(environ, start_response):
    if environ['PATH_INFO'] == '/health':
        seen = []
        for path in ('/', '/about'):
            inner = environ.copy()
            inner['PATH_INFO'] = path
            pages(inner, lambda status, headers, exc_info=None: seen.append(status))
        start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
        return [', '.join(seen).encode('ascii') + b'\n']
    return pages(environ, start_response)
