STATUSES = []


def inner(environ, start_response):
    start_response('404 Not Found', [('Content-Type', 'text/plain')])
    yield b'nothing here\n'


def application(environ, start_response):
    start = lambda status, headers: STATUSES.append(status) or start_response(status, headers)  # <- middleware-no-exc-info
    return inner(environ, start)
