def shout(message, times):
    for _ in range(times):
        yield message.upper()


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return shout(b'hey ', 2)
