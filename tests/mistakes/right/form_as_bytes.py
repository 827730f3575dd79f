# send: POST /
# body: name=Ada&drink=tea

from urllib.parse import parse_qs


def application(environ, start_response):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    form = parse_qs(environ['wsgi.input'].read(size))
    start_response('200 OK', [('Content-Type', 'application/octet-stream')])
    return form.get(b'name', [b'nobody'])
