ASKED = []


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


def trains(environ, start_response):
    ASKED.append(environ['PATH_INFO'])
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'08:02 Chur\n', b'08:32 Chur\n', b'asked %d times\n' % len(ASKED)]


def with_headline(app):
    def call(environ, start_response):
        number = len(collect(app, environ)[2])
        body = app(environ, start_response)  # <- app-called-twice
        try:
            yield b'%d lines\n' % number
            for line in body:
                yield line
        finally:
            if hasattr(body, 'close'):
                body.close()
    return call


application = with_headline(trains)
