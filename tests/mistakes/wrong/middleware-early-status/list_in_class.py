class Status:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        statuses = []

        def start(status, headers, exc_info=None):
            statuses.append(status)
            return start_response(status, headers, exc_info)

        page = self.app(environ, start)
        code = statuses[0].split()[0]  # <- middleware-early-status
        environ['wsgi.errors'].write(code + '\n')
        return page


class Hello:
    def __init__(self, environ, start_response):
        self.start_response = start_response

    def __iter__(self):
        self.start_response('200 OK', [('Content-Type', 'text/plain')])
        yield b'hello\n'


app = Status(Hello)
