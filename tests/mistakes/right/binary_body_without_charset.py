# send: GET /
# send: GET /picture

def application(environ, start_response):
    picture = bytes([0x89]) + b'PNG\r\n\x1a\n' + bytes(range(256))
    start_response('200 OK', [('Content-Type', 'image/png'), ('Content-Length', str(len(picture)))])
    return [picture]
