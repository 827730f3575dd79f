# A batch: each part is a request of its own, with an environ of its own.
# send: POST /batch
# header: Content-Type: text/plain
# body: /one /two

import io


def pages(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [environ['PATH_INFO'].encode('latin-1') + b'\n']


class Batch:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        if environ['PATH_INFO'] != '/batch':
            return self.app(environ, start_response)
        size = int(environ.get('CONTENT_LENGTH') or 0)
        parts = []
        for path in environ['wsgi.input'].read(size).decode('ascii').split():
            part = dict(environ, REQUEST_METHOD='GET', PATH_INFO=path, CONTENT_LENGTH='0')
            part['wsgi.input'] = io.BytesIO()
            parts += self.app(part, lambda *args: None)
        start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
        return parts


application = Batch(pages)
