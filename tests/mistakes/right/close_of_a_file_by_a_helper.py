# The same for a file, of whose close() nothing is seen.
def done(*things):
    for thing in things:
        finish = getattr(thing, 'close', None)
        if finish is not None:
            finish()


def text(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return open(__file__, 'rb')


def application(environ, start_response):
    body = text(environ, start_response)
    try:
        for line in body:
            yield line.lower()
    finally:
        done(body)
