class Shout:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        body = self.app(environ, start_response)
        try:
            for chunk in body:
                text = chunk.decode('ascii')  # <- raised-mid-body
                yield text.upper().encode('ascii')
        finally:
            if hasattr(body, 'close'):
                body.close()


def menu(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'tea\n', 'café\n'.encode('utf-8')]


application = Shout(menu)
