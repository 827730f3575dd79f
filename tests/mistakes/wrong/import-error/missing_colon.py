def hello():
    return b'hello\n'


def application(environ, start_response)  # <- import-error
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [hello()]
