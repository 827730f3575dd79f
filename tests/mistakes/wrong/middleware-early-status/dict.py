def log_status(app):
    def wrapped(environ, start_response):
        seen = {}

        def start(status, headers, exc_info=None):
            seen['status'] = status
            return start_response(status, headers, exc_info)

        body = app(environ, start)
        environ['wsgi.errors'].write(seen['status'] + '\n')  # <- middleware-early-status
        return body
    return wrapped


@log_status
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield b'hello\n'
