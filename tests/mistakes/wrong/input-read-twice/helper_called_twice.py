# send: POST /greet
# body: first=Ada&last=Lovelace

from urllib.parse import parse_qs


def field(environ, name):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    body = environ['wsgi.input'].read(size).decode('utf-8', 'replace')  # <- input-read-twice
    return parse_qs(body).get(name, ['?'])[0]


def app(environ, start_response):
    names = field(environ, 'first') + ' ' + field(environ, 'last')
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [names.encode('utf-8')]
