# send: GET /

def number(environ, key):
    digits = environ[key]  # <- content-length-empty
    return int(digits)


def application(environ, start_response):
    body = environ['wsgi.input'].read(number(environ, 'CONTENT_LENGTH'))
    start_response('200 OK', [('Content-Type', 'application/octet-stream')])
    yield b'(' + body + b')'
