def log_status(app):
    def wrapped(environ, start_response):
        def start(status, headers, exc_info=None):
            environ['wsgi.errors'].write(status + '\n')
            return start_response(status, headers, exc_info)
        return app(environ, start)
    return wrapped


@log_status
def app(environ, start_response):
    write = start_response('200 OK', [('Content-Type', 'text/plain')])
    write(b'written\n')
    return [b'returned\n']
