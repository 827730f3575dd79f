def hello():
    return b'hello\n'


def application(environ, start_response)  # <- syntax-error
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [hello()]
