# send: GET /now
# send: GET /now

class Remember:
    def __init__(self, app):
        self.app = app
        self.pages = {}

    def __call__(self, environ, start_response):
        path = environ['PATH_INFO']
        if path in self.pages:
            start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
            yield from self.pages[path]
            return
        blocks = self.app(environ, start_response)
        try:
            kept = []
            for block in blocks:
                kept.append(block)
                yield block
            self.pages[path] = kept
        finally:
            if hasattr(blocks, 'close'):
                blocks.close()


def clock(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'ten past ', b'four\n']


application = Remember(clock)
