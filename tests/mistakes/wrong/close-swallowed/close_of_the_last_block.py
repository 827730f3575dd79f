import io


class Numbered:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        pages = self.app(environ, start_response)
        page, number = None, 0
        try:
            for page in pages:  # <- close-swallowed
                number += 1
                yield b'%d: ' % number + page
        finally:
            if hasattr(page, 'close'):
                page.close()


def diary(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return io.BytesIO(b'Monday: rain\nTuesday: sun\n')


application = Numbered(diary)
