# send: GET /page?x=1

def application(environ, start_response):
    uri = environ['REQUEST_URI']  # <- environ-key-not-portable
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [ascii(uri).encode('ascii')]
