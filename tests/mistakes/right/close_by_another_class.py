# One class iterates, another one closes.
class Blocks:
    def __init__(self, body):
        self.items = iter(body)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.items).upper()


class Response:
    def __init__(self, body):
        self.body = body

    def __iter__(self):
        return Blocks(self.body)

    def close(self):
        closing = getattr(self.body, 'close', None)
        if closing is not None:
            closing()


def source(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return open(__file__, 'rb')


def application(environ, start_response):
    return Response(source(environ, start_response))
