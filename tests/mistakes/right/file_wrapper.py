# send: GET /
# send: HEAD /

def application(environ, start_response):
    file = open(__file__, 'rb')
    start_response('200 OK', [('Content-Type', 'text/plain')])
    wrapper = environ.get('wsgi.file_wrapper')
    if wrapper is not None:
        return wrapper(file, 8192)
    return file
