from itertools import chain


class Body:
    def __init__(self, first, blocks, close):
        self.blocks = chain(first, blocks)
        self.close = close

    def __iter__(self):
        return self.blocks


def tell_status(app):
    def wrapped(environ, start_response):
        statuses = []

        def start(status, headers, exc_info=None):
            statuses.append(status)
            return start_response(status, headers, exc_info)

        body = app(environ, start)
        blocks = iter(body)
        first = [block for block in [next(blocks, None)] if block is not None]
        environ['wsgi.errors'].write(statuses[-1] + '\n')
        return Body(first, blocks, getattr(body, 'close', lambda: None))
    return wrapped


@tell_status
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield b'one\n'
    yield b'two\n'
