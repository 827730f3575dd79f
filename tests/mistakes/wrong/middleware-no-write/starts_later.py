def text(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'red\n', b'green\n']


def application(environ, start_response):
    answer = []

    def remember(status, headers, exc_info=None):  # <- middleware-no-write
        answer[:] = status, headers, exc_info

    body = text(environ, remember)
    status, headers, exc_info = answer
    start_response(status, headers + [('X-Blocks', str(len(body)))], exc_info)
    return body
