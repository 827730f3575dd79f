# send: POST /
# body: drink=tea

from urllib.parse import parse_qsl


def drinks(environ):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    pairs = parse_qsl(environ['wsgi.input'].read(size).decode('utf-8', 'replace'))
    return [value for name, value in pairs if name == 'drink']


def log(environ):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    for line in environ['wsgi.input'].readlines(size):  # <- input-read-twice
        environ['wsgi.errors'].write(repr(line) + '\n')


def application(environ, start_response):
    wanted = drinks(environ)
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield b'%d drinks\n' % len(wanted)
    log(environ)
