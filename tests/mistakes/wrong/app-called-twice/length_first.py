# send: GET /
# send: GET /

VISITS = {'number': 0}


def collect(app, environ):
    answer = []

    def start(status, headers, exc_info=None):
        answer[:] = [status, headers]
        return lambda data: None

    body = app(environ, start)
    try:
        blocks = [block for block in body]
    finally:
        if hasattr(body, 'close'):
            body.close()
    return (*answer, blocks)


def counter(environ, start_response):
    VISITS['number'] += 1
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'visit %d\n' % VISITS['number']]


def application(environ, start_response):
    blocks = collect(counter, environ)[2]
    size = str(sum(len(block) for block in blocks))

    def start(status, headers, exc_info=None):
        return start_response(status, headers + [('X-Size', size)], exc_info)

    return counter(environ, start)  # <- app-called-twice
