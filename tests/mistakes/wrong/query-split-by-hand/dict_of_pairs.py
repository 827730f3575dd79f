# send: GET /?x=1
# send: GET /?x

def application(environ, start_response):
    query = dict(pair.split('=') for pair in environ['QUERY_STRING'].split('&'))  # <- query-split-by-hand
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'%d values\n' % len(query)]
