# send: GET /
# header: X-Forwarded-For: 203.0.113.7

def application(environ, start_response):
    address = environ.get('HTTP_X_FORWARDED_FOR', environ['REMOTE_ADDR'])  # <- header-spoof
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'You come from ' + ascii(address).encode('ascii')]
