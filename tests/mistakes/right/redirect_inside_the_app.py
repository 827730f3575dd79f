# The application calls itself for another path.
# send: GET /old
# send: GET /new

def application(environ, start_response):
    if environ['PATH_INFO'] == '/old':
        return application(dict(environ, PATH_INFO='/new'), start_response)
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'the new page\n']
