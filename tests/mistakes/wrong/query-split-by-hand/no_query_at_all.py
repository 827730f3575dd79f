# send: GET /double?n=21
# send: GET /double

def application(environ, start_response):
    number = int(environ['QUERY_STRING'].split('=')[1])  # <- query-split-by-hand
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'%d\n' % (2 * number)]
