class Swap:
    def __init__(self, app, old, new):
        self.app = app
        self.old = old
        self.new = new

    def __call__(self, environ, start_response):
        blocks = self.app(environ, start_response)
        whole = b''.join([block for block in blocks])  # <- middleware-joins-body
        close = getattr(blocks, 'close', None)
        if close is not None:
            close()
        yield whole.replace(self.old, self.new)


def drinks(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return iter([b'te', b'a\n', b'cof', b'fee\n'])


app = Swap(drinks, b'tea', b'milk')
