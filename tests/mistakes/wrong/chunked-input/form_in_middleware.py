# send: POST /
# body: name=Ada&drink=tea
# chunked

from urllib.parse import parse_qs


def form(environ):
    length = environ.get('CONTENT_LENGTH', '')  # <- chunked-input
    text = environ['wsgi.input'].read(int(length or 0)).decode('utf-8', 'replace')
    return parse_qs(text, keep_blank_values=True)


def with_form(app):
    def wrapped(environ, start_response):
        environ['my.form'] = form(environ)
        return app(environ, start_response)
    return wrapped


@with_form
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield b'%d fields\n' % len(environ['my.form'])
