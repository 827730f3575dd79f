# send: GET /a
# send: GET /a
# send: GET /b

class Cache:
    """Keeps what it lets through; nobody waits for the end."""

    def __init__(self, app):
        self.app = app
        self.kept = {}

    def __call__(self, environ, start_response):
        path = environ['PATH_INFO']
        if path in self.kept:
            status, headers, blocks = self.kept[path]
            start_response(status, list(headers))
            return blocks
        return self.fill(path, environ, start_response)

    def fill(self, path, environ, start_response):
        answer, blocks = [], []

        def start(status, headers, exc_info=None):
            answer[:] = [status, list(headers)]
            return start_response(status, headers, exc_info)

        body = self.app(environ, start)
        try:
            for block in body:
                blocks.append(block)
                yield block
            self.kept[path] = (answer[0], answer[1], blocks)
        finally:
            if hasattr(body, 'close'):
                body.close()


def slow(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield b'a lot of '
    yield b'work\n'


application = Cache(slow)
