# send: POST /login
# body: user=ada&password=

from urllib.parse import parse_qsl


def fields(environ):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    return dict(parse_qsl(environ['wsgi.input'].read(size).decode('utf-8', 'replace')))


def app(environ, start_response):
    form = fields(environ)
    good = form['user'] == 'ada' and form['password'] == 'secret'  # <- parse-qs-blank
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield b'welcome\n' if good else b'no\n'
