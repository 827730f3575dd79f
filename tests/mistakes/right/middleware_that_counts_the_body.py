# Content-Length needs the whole body, so this middleware waits for it; it closes what it was given.
class Counted:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        held = {}

        def start(status, headers, exc_info=None):
            held['answer'] = status, list(headers)
            return held.setdefault('written', []).append

        blocks = self.app(environ, start)
        try:
            rest = b''.join(blocks)
        finally:
            if hasattr(blocks, 'close'):
                blocks.close()
        body = b''.join(held.get('written', [])) + rest
        status, headers = held['answer']
        headers.append(('Content-Length', str(len(body))))
        start_response(status, headers)
        return [body]


def lines(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    for number in range(3):
        yield b'line %d\n' % number


application = Counted(lines)
