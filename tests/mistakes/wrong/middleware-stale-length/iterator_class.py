class Replaced:
    def __init__(self, body):
        self.body = body
        self.blocks = iter(body)

    def __iter__(self):
        return self

    def __next__(self):
        block = next(self.blocks)
        return block.replace(b'cat', b'elephant')  # <- middleware-stale-length

    def close(self):
        if hasattr(self.body, 'close'):
            self.body.close()


class Zoo:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        return Replaced(self.app(environ, start_response))


def cats(environ, start_response):
    lines = [b'one cat\n', b'two cats\n']
    length = sum(map(len, lines))
    start_response('200 OK', [('Content-Type', 'text/plain'), ('Content-Length', str(length))])
    return lines


app = Zoo(cats)
