class Held:
    """Closes what it holds."""

    def __init__(self, body):
        self.body = body

    def __enter__(self):
        return self.body

    def __exit__(self, *error):
        if hasattr(self.body, 'close'):
            self.body.close()


def source(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return open(__file__, 'rb')


def application(environ, start_response):
    body = source(environ, start_response)
    with Held(body):
        for line in body:
            yield line.rstrip() + b'\n'
