# send: GET /
# leaves

def data(environ, start_response):
    start_response('200 OK', [('Content-Type', 'application/octet-stream')])
    return iter([b'\x00' * 65536] * 300)


class ErrorPage:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        body = self.app(environ, start_response)
        try:
            for block in body:
                yield block
        except:  # <- generator-exit-caught
            yield b'<p>An error happened.</p>'
        finally:
            if hasattr(body, 'close'):
                body.close()


application = ErrorPage(data)
