class Banner:
    """Puts a banner above every page, and says so in a header."""

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            return start_response(status, headers + [('X-Banner', 'yes')], exc_info)

        return self.below(self.app(environ, start))

    def below(self, page):
        try:
            first = True
            for block in page:
                yield b'*** SALE ***\n' + block if first else block  # <- middleware-stale-length
                first = False
        finally:
            if hasattr(page, 'close'):
                page.close()


def shop(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain'), ('Content-Length', '4')])
    yield b'tea\n'


application = Banner(shop)
