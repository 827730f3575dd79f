class LogStatus:
    def __init__(self, app):
        self.app = app
        self.status = ''

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            self.status = status  # <- middleware-shared-state
            return start_response(status, headers, exc_info)

        return self.logged(self.app(environ, start), environ['wsgi.errors'])

    def logged(self, body, errors):
        try:
            for chunk in body:
                yield chunk
        finally:
            if hasattr(body, 'close'):
                body.close()
            errors.write(self.status + '\n')


def hello(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'hello\n']


app = LogStatus(hello)
