# send: GET /
# send: GET /missing

class LogStatus:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        seen = {}

        def start(status, headers, exc_info=None):
            seen['status'] = status
            return start_response(status, headers, exc_info)

        body = self.app(environ, start)
        try:
            for block in body:
                yield block
        finally:
            if hasattr(body, 'close'):
                body.close()
            environ['wsgi.errors'].write(seen.get('status', 'no status') + '\n')


def pages(environ, start_response):
    found = environ['PATH_INFO'] == '/'
    start_response('200 OK' if found else '404 Not Found', [('Content-Type', 'text/plain')])
    yield b'hello\n' if found else b'no such page\n'


application = LogStatus(pages)
