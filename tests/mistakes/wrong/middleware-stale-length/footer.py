def footer(app):
    def wrapped(environ, start_response):
        body = app(environ, start_response)
        try:
            for chunk in body:
                yield chunk
            yield b'-- printed on recycled paper\n'  # <- middleware-stale-length
        finally:
            if hasattr(body, 'close'):
                body.close()
    return wrapped


@footer
def application(environ, start_response):
    page = b'hello\n'
    start_response('200 OK', [
        ('Content-Type', 'text/plain'),
        ('Content-Length', str(len(page))),
    ])
    return [page]
