# The class of the module wsgiref.util's kind: close() is taken over from the body.
def pages(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    try:
        yield b'one\n'
        yield b'two\n'
    finally:
        environ['wsgi.errors'].write('pages are done\n')


class Wrapped:
    def __init__(self, body, change):
        self.body = body
        self.change = change
        if hasattr(body, 'close'):
            self.close = body.close

    def __iter__(self):
        for block in self.body:
            yield self.change(block)


def application(environ, start_response):
    return Wrapped(pages(environ, start_response), bytes.title)
