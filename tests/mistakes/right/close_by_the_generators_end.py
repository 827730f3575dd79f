# The inner body is opened, read and closed by the generator itself.
def inner(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return open(__file__, 'rb')


def application(environ, start_response):
    body = inner(environ, start_response)

    def finish():
        end = getattr(body, 'close', None)
        if end:
            end()

    try:
        yield from body
    finally:
        finish()
