# What it returns is no body, and nobody wants it.
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    sent = 0
    for word in (b'up\n', b'down\n'):
        sent += len(word)
        yield word
    return sent
