class Log:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        def logged(status, headers, exc_info=None):  # <- middleware-no-write
            environ['wsgi.errors'].write(status + '\n')
            start_response(status, headers, exc_info)

        return self.app(environ, logged)


def old_style(environ, start_response):
    write = start_response('200 OK', [('Content-Type', 'text/plain')])
    write(b'hello\n')
    return []


app = Log(old_style)
