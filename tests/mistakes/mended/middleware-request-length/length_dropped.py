# send: POST /
# body: word=lake

import io


def trimmed(app):
    def call(environ, start_response):
        if environ['REQUEST_METHOD'] == 'POST':
            size = int(environ.get('CONTENT_LENGTH') or 0)
            body = environ['wsgi.input'].read(size).strip()
            environ['wsgi.input'] = io.BytesIO(body)
            environ['CONTENT_LENGTH'] = str(len(body))
        return app(environ, start_response)
    return call


def guess(environ, start_response):
    body = environ['wsgi.input'].read(int(environ.get('CONTENT_LENGTH') or 0))
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'right\n' if body == b'word=lake' else b'wrong\n']


application = trimmed(guess)
