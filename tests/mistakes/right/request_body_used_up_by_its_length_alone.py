# The middleware takes the body for itself, and tells the application that there is none.
# send: POST /
# body: token=7

from urllib.parse import parse_qs


def checked(app):
    def call(environ, start_response):
        size = int(environ.get('CONTENT_LENGTH') or 0)
        fields = parse_qs(environ['wsgi.input'].read(size).decode('utf-8', 'replace'))
        environ['app.token'] = fields.get('token', ['none'])[0]
        environ['CONTENT_LENGTH'] = '0'
        return app(environ, start_response)
    return call


@checked
def application(environ, start_response):
    rest = environ['wsgi.input'].read(int(environ.get('CONTENT_LENGTH') or 0))
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [environ['app.token'].encode('latin-1'), rest, b'\n']
