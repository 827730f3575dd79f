# Set by each request, and read when the next one may have set it again.
# send: GET /to/mira

receiver = ''


def lines():
    yield b'Hello '
    yield receiver.encode('latin-1') + b'\n'


def application(environ, start_response):
    global receiver
    receiver = environ['PATH_INFO'].rpartition('/')[2]  # <- request-state-global
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return lines()
