# The first block is wanted for a look, and the body has none.
def nothing(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return []


class Begin:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        body = self.app(environ, start_response)
        try:
            blocks = iter(body)
            yield next(blocks).lstrip()  # <- stop-iteration-raised
            yield from blocks
        finally:
            if hasattr(body, 'close'):
                body.close()


application = Begin(nothing)
