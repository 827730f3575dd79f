# The application compares what it read with what was announced.
# send: POST /
# header: Content-Type: text/plain; charset=utf-8
# body:   many    spaces   here

import io
import re


class Squeeze:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        size = int(environ.get('CONTENT_LENGTH') or 0)
        text = re.sub(rb' +', b' ', environ['wsgi.input'].read(size))
        environ['wsgi.input'] = io.BytesIO(text)
        environ['CONTENT_LENGTH'] = str(len(text))
        return self.app(environ, start_response)


def store(environ, start_response):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    text = environ['wsgi.input'].read(size)
    kind = [('Content-Type', 'text/plain; charset=utf-8')]
    if len(text) != size:
        start_response('400 Bad Request', kind)
        return [b'the text is not complete\n']
    start_response('200 OK', kind)
    return [text]


application = Squeeze(store)
