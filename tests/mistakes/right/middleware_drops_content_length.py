def footer(app):
    def wrapped(environ, start_response):
        def start(status, headers, exc_info=None):
            kept = [(name, value) for name, value in headers if name.lower() != 'content-length']
            return start_response(status, kept, exc_info)

        body = app(environ, start)
        try:
            yield from body
            yield b'-- printed on recycled paper\n'
        finally:
            if hasattr(body, 'close'):
                body.close()
    return wrapped


@footer
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain'), ('Content-Length', '6')])
    return [b'hello\n']
