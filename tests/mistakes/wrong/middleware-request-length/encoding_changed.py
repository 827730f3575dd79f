# The text is longer in UTF-8 than in Latin-1: its last letters are cut off.
# send: POST /
# header: Content-Type: text/plain; charset=iso-8859-1
# body: \xfcber f\xfcnf B\xe4che

import io


def only_utf8(app):
    def call(environ, start_response):
        kind = environ.get('CONTENT_TYPE', '')
        if kind.endswith('iso-8859-1'):
            size = int(environ.get('CONTENT_LENGTH') or 0)
            text = environ['wsgi.input'].read(size).decode('latin-1')
            environ['CONTENT_TYPE'] = 'text/plain; charset=utf-8'
            environ['wsgi.input'] = io.BytesIO(text.encode('utf-8'))  # <- middleware-request-length
        return app(environ, start_response)
    return call


@only_utf8
def application(environ, start_response):
    text = environ['wsgi.input'].read(int(environ.get('CONTENT_LENGTH') or 0))
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [text, b'\n']
