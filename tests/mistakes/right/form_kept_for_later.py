# send: POST /
# body: first=Ada&last=Lovelace

from urllib.parse import parse_qs


def form(environ):
    if 'my.form' not in environ:
        size = int(environ.get('CONTENT_LENGTH') or 0)
        text = environ['wsgi.input'].read(size).decode('utf-8', 'replace')
        environ['my.form'] = parse_qs(text, keep_blank_values=True)
    return environ['my.form']


def application(environ, start_response):
    names = [form(environ).get(key, [''])[0] for key in ('first', 'last')]
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    yield ' '.join(names).encode('utf-8')
