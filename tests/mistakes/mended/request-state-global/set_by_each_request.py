# Set by each request, and read when the next one may have set it again.
# send: GET /to/mira

def lines(receiver):
    yield b'Hello '
    yield receiver.encode('latin-1') + b'\n'


def application(environ, start_response):
    receiver = environ['PATH_INFO'].rpartition('/')[2]
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return lines(receiver)
