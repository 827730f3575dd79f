# send: POST /form
# body: a=1&b=2

from urllib.parse import parse_qs


def form_first(app):
    def wrapped(environ, start_response):
        size = int(environ.get('CONTENT_LENGTH') or 0)
        text = environ['wsgi.input'].read(size + len('\r\n'))  # <- input-read-too-much
        environ['form.fields'] = parse_qs(text.decode('utf-8', 'replace'))
        return app(environ, start_response)
    return wrapped


@form_first
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'%d fields\n' % len(environ['form.fields'])]
